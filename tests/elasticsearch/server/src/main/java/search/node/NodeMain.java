package search.node;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * Runs one Elasticsearch node in this process until it is told to stop (SIGTERM) or whoever started it is gone.
 *
 * <p>Arguments are node settings, {@code name=value}; {@code path.home} and {@code node.name} are required. Plugins are
 * read from {@code path.home/modules} and {@code path.home/plugins}, as the stock server does. What the stock entry
 * point adds on top (entitlements, the seccomp sandbox, memory locking) is left out.
 */
public final class NodeMain {

    public static void main(String[] args) throws Exception {
        Settings.Builder given = Settings.builder();
        for (String arg : args) {
            int eq = arg.indexOf('=');
            given.put(arg.substring(0, eq), arg.substring(eq + 1));
        }
        Environment env = InternalSettingsPreparer.prepareEnvironment(given.build(), Map.of(), null, () -> "node");
        LogConfigurator.setNodeName(Node.NODE_NAME_SETTING.get(env.settings()));
        LogConfigurator.configure(env, true);

        PluginsLoader plugins = PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(env.modulesDir()),
            PluginsLoader.loadPluginsBundles(env.pluginsDir()),
            Map.of(),
            false // no module exports to add: the server is on the class path, not the module path
        );
        Node node = new Node(env, plugins);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node), "stop"));
        node.start();
        while (System.in.read() >= 0) {
            // The starter holds the other end open; a starter that was killed leaves no server behind.
        }
        System.exit(0);
    }

    private static void stop(Node node) {
        try {
            node.prepareForClose();
            node.close();
            node.awaitClose(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            e.printStackTrace();
        }
    }
}
