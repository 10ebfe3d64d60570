"""Whether the name of a beneficiary may be that of a natural person: lists of funded projects name some, Praxis shows none."""

import re

TITLES = re.compile(r"\b(dr|prof|ing|mag|dipl|mgr|bc|inh|herr|frau|hr|fr|mr|mrs|ms|phd|mba)\b\.?", re.IGNORECASE)
LEGAL_FORM = re.compile(
    r"\b(g?gmbh|mbh|ag|kg|kgaa|ohg|ug|gbr|eg|vzw|bvba|nv|bv|asbl|scrl|sprl|sas|sarl|srls?|spa|sl|slu|sll|sa|sau|lda|ltd|llc|"
    r"plc|limited|oyj?|ab|ry|rf|ky|kft|zrt|ops|zu|zs|sro|as|spol|doo|dd|jdoo|cic|cfo|sia|uab|inc|aps|co|iaf|λτδ)\b"
)
ENTITY = re.compile(
    r"schul|universi|univerz|πανεπιστ|akadem|acad[eé]m|instit|ινστιτ|ίδρυμα|zentr|centr|center|κέντρο|kolleg|colleg|école|escol|"
    r"escuel|scoal|scuol|škol|skol|school|σχολ|lyc[ée]e|lice|gymn|gimn|verein|verband|verbund|stiftung|werk|bund|kammer|kreis|"
    r"stadt|gemein|amt|minist|υπουργ|τμήμα|υπηρεσ|δήμο|οργανισ|συμβούλ|αρχή|agent|ag[eè]nc|consil|conse|consej|council|"
    r"commune|comune|municip|câmara|ajunt|ayunt|diput|junta|ville|cidade|direc|inspec|r[eé]gi|regij|préfect|chamb|camera|"
    r"grad|općin|župan|udrug|savez|zavod|društ|ustanov|javn|obec|obc|měst|mest|kraj|úřad|úrad|svaz|zväz|as+oci|biedr|pašvald|"
    r"fond|fund|trust|charit|société|socied|societ|coop|partner|kunta|kunnan|kaupun|liitto|yliopist|korkeakoul|säätiö|yhdist|"
    r"keskus|provinc|stichting|hogeschool|intercom|maison|mission|syndic|facul|fakult|ordre|orde?n|hospit|spital|klinik|bolnic|"
    r"biblio|muze|mus[ée]|teat|theat|service|dienst|hilfe|heim|haus|bildung|train|form|consult|system|tech|group|grup|gruppe|"
    r"gemeent|solution|proje|net|praxis|apothek|kanzlei|bau|metall|logistik|handel|auto|medien|hotel|agrar|energ|company|firm|europ|"
    r"club|klub|team|studio|atelier|lab|jobs|kirch|diakon|caritas|jugend|power|akti|oras|comuna|judet|spitalul|parohi|biseric|colegi|liceu|gradini|fabric|cabinet|cie|compan|constru|transport|service|design|technik|elektro|maschinen|möbel|bäck|pflege|arzt|zahn|steuer|recht|notar|labor|optik|automobil|hotel|gasth|restaurant|kosmetik|friseur|salon",
)


def may_be(name: str) -> bool:
    """Two to four words of letters that name no kind of organisation. Wrong on some firms: then a name is missing, not shown."""
    bare = TITLES.sub(" ", name)
    folded = bare.casefold().replace(".", "")
    words = re.findall(r"[^\s,]+", bare)
    if not 2 <= len(words) <= 4 or LEGAL_FORM.search(folded) or ENTITY.search(folded):
        return False
    return all(re.fullmatch(r"[^\W\d_][^\W\d_'’.\-]*([-'’][^\W\d_]+)*\.?", word) for word in words)
