package search.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.delete.DeleteRequest;
import org.elasticsearch.action.search.ClearScrollRequest;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.action.search.SearchScrollRequest;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestChannel;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.rest.action.RestActionListener;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.xcontent.ToXContent;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentType;

/**
 * {@code _delete_by_query}: a scroll reads, bulk requests delete; a document that changed in between is a conflict.
 *
 * <p>What it does not know (slices, throttling, background tasks) it refuses rather than ignores.
 */
final class RestDeleteByQuery extends BaseRestHandler {

    private static final TimeValue KEEP = TimeValue.timeValueMinutes(5);
    private static final Set<String> KNOWN = Set.of("query", "conflicts");

    private final ThreadPool threads;

    RestDeleteByQuery(ThreadPool threads) {
        this.threads = threads;
    }

    @Override
    public String getName() {
        return "delete_by_query_action";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(RestRequest.Method.POST, "/{index}/_delete_by_query"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) throws IOException {
        Map<String, Object> body = XContentHelper.convertToMap(request.requiredContent(), true, request.getXContentType()).v2();
        if (KNOWN.containsAll(body.keySet()) == false || body.get("query") == null) {
            throw new IllegalArgumentException("a [query] is required, only " + KNOWN + " are supported");
        }
        boolean proceed = "proceed".equals(request.param("conflicts", (String) body.get("conflicts")));
        boolean refresh = request.paramAsBoolean("refresh", false);
        XContentBuilder query = XContentBuilder.builder(XContentType.JSON.xContent()).value(body.get("query"));
        SearchSourceBuilder search = new SearchSourceBuilder().size(request.paramAsInt("scroll_size", 1000))
            .seqNoAndPrimaryTerm(true).trackTotalHits(true).sort("_doc")
            .query(QueryBuilders.wrapperQuery(BytesReference.bytes(query)));
        String[] indices = Strings.splitStringByCommaToArray(request.param("index"));
        SearchRequest first = new SearchRequest(indices).source(search).scroll(KEEP);
        return channel -> threads.generic().execute(ActionRunnable.wrap(
            new RestActionListener<Void>(channel) {
                @Override
                protected void processResponse(Void done) {}
            },
            listener -> delete(client, first, proceed, refresh, channel)));
    }

    private static void delete(NodeClient client, SearchRequest first, boolean proceed, boolean refresh, RestChannel channel)
        throws IOException {
        long began = System.nanoTime();
        long total = 0, deleted = 0, conflicts = 0, batches = 0;
        List<BulkItemResponse.Failure> failures = new ArrayList<>();
        SearchResponse page = client.search(first).actionGet();
        String scroll = page.getScrollId();
        try {
            total = page.getHits().getTotalHits().value;
            while (page.getHits().getHits().length > 0 && failures.isEmpty()) {
                BulkRequest bulk = new BulkRequest();
                for (SearchHit hit : page.getHits()) {
                    bulk.add(new DeleteRequest(hit.getIndex(), hit.getId()).routing(routing(hit))
                        .setIfSeqNo(hit.getSeqNo()).setIfPrimaryTerm(hit.getPrimaryTerm()));
                }
                if (refresh) {
                    bulk.setRefreshPolicy("true");
                }
                batches++;
                for (BulkItemResponse item : client.bulk(bulk).actionGet()) {
                    boolean conflict = item.isFailed() && item.getFailure().getStatus() == RestStatus.CONFLICT;
                    conflicts += conflict ? 1 : 0;
                    deleted += item.isFailed() ? 0 : 1;
                    if (item.isFailed() && (conflict && proceed) == false) {
                        failures.add(item.getFailure());
                    }
                }
                page.decRef();
                page = client.searchScroll(new SearchScrollRequest(scroll).scroll(KEEP)).actionGet();
            }
        } finally {
            page.decRef();
            ClearScrollRequest clear = new ClearScrollRequest();
            clear.addScrollId(scroll);
            client.clearScroll(clear, ActionListener.noop());
        }
        XContentBuilder out = channel.newBuilder().startObject();
        out.field("took", (System.nanoTime() - began) / 1_000_000).field("timed_out", false).field("total", total);
        out.field("deleted", deleted).field("batches", batches).field("version_conflicts", conflicts).field("noops", 0);
        out.startArray("failures");
        RestStatus status = RestStatus.OK;
        for (BulkItemResponse.Failure failure : failures) {
            out.startObject();
            failure.toXContent(out, ToXContent.EMPTY_PARAMS);
            out.endObject();
            status = failure.getStatus();
        }
        channel.sendResponse(new RestResponse(status, out.endArray().endObject()));
    }

    private static String routing(SearchHit hit) {
        return hit.field("_routing") == null ? null : hit.field("_routing").getValue();
    }
}
