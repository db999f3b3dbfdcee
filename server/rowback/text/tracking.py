"""Query parameters that say where a click came from, never which article it leads to; grouped by who sets them.

Case does not count: sites write `CMP` and `cmp`. Every name and prefix has a row with its source in
`tests/cases/tracking.json`; a group names the sources that most of it has. A name without a source, or one that chooses
what is shown somewhere (`id`, `page`, `p`, `oc`, `instance_id`, Google News' `ceid`), does not belong here: two addresses
of one article found apart do less harm than two articles under one.
"""

from __future__ import annotations

# Sources of a group. "Lists" are public ones that name parameters to be taken off links: the query filter and the clean
# URLs of Brave, the rules of ClearURLs, the URL tracking filters of AdGuard and uBlock Origin, Neat URL, Miniflux' URL
# cleaner, and Actually Legitimate URL Shortener Tool (ALUST).
_NAMES = (
    # Networks number the clicks on their advertisements: Meta, Google, Microsoft, Yandex, X, TikTok, LinkedIn, Adobe.
    # Their documentation of ads, and the lists.
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id s_kwcid "
    # Networks and apps mark what is shared in them: Instagram, Facebook, X, LinkedIn. Brave, ClearURLs, Neat URL.
    "igshid igsh mibextid refsrc ref_src ref_url trk trkcampaign "
    # Senders of newsletters mark links and readers: Mailchimp, Marketo, Olytics, Vero, Wicked Reports, HubSpot.
    # Brave, ClearURLs, AdGuard.
    "mc_cid mc_eid mc_tc mkt_tok oly_anon_id oly_enc_id vero_id wickedid _hsenc _hsmi __hstc __hssc __hsfp hsctatracking "
    # Programs that count visits: Google Analytics, Mapp (Webtrekk), AT Internet (Piano), Comscore, Adobe, Alibaba.
    # Their documentation, Neat URL and ClearURLs.
    "_ga _gl campaign_id wt_mc wtmc wt_zmc xtor "
    "at_medium at_campaign at_custom1 at_custom2 at_custom3 at_custom4 at_link_id at_link_type at_link_origin at_ptr_name "
    "at_bbc_team at_format ns_mchannel ns_source ns_campaign ns_linkname ns_fee "
    "sc_cid sc_campaign sc_channel sc_content sc_country sc_geo sc_medium sc_outcome spm scm "
    # Portals: Yahoo and AOL, MSN and Bing. ClearURLs, Neat URL, ALUST.
    "guccounter guce_referrer guce_referrer_sig soc_src soc_trk ncid ocid cvid "
    # Programs that post an outlet's stories for it: Echobox, True Anthem. ClearURLs, uBlock Origin.
    "echobox taid "
    # Outlets mark their own links: New York Times, Financial Times, Guardian, Daily Mail, CBS, TechCrunch, Bloomberg, Dow
    # Jones. ALUST, Brave, ClearURLs.
    "smid smtyp smprod partner emc referringsource unlocked_article_code sharetype cmp ito ftag tpcc srnd sref reflink "
    # Anyone. ALUST, ClearURLs, Miniflux.
    "ref referrer icid cmpid"
)
# Those that stores from before do not know.
_LATER_NAMES = (
    # Networks: Google, Microsoft, impact.com, Pinterest, Taboola, Outbrain. Brave, ALUST.
    "gad_source gad_campaignid srsltid irclickid rb_clickid epik tblci dicbo obclickid "
    # Networks and apps: Facebook, X. Brave, ClearURLs.
    "fb_action_ids fb_action_types fb_source fb_ref action_object_map action_type_map action_ref_map __twitter_impression "
    # Senders of newsletters: MailerLite, Vero, Klaviyo, Oracle Eloqua, Blueshift, New Relic's reader. AdGuard, ALUST.
    "ml_subscriber ml_subscriber_hash vero_conv _kx elqtrackid bsft_clkid bsft_eid bsft_mid bsft_uid nr_email_referer "
    # Programs that count visits: Webtrends, Adobe, Coremetrics, Branch, Openstat, Cxense, IO Technologies. AdGuard, Brave.
    "cm_mmc wt.mc_id wt.mc_ev s_cid _branch_match_id _openstat cx_click cx_recsorder cx_recswidget __io_lv _io_session_id "
    # Outlets mark their own links: Condé Nast, The Times, Guardian and BBC, Financial Times. Brave, ClearURLs, ALUST.
    "mbid cndid sharetoken intcmp int_cmp intcid ftcamp"
)
FORMER_PARAMETERS = frozenset(_NAMES.split())
TRACKING_PARAMETERS = FORMER_PARAMETERS | frozenset(_LATER_NAMES.split())
# Campaign parameters: Google Analytics, Matomo (four spellings), HubSpot; inner campaigns: Parse.ly, and `stm_` beside it.
FORMER_PREFIXES = ("utm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "stm_", "itm_")
# What Google's reader hands to a publisher with a subscription (`gaa_at`, `gaa_sig`…).
TRACKING_PREFIXES = (*FORMER_PREFIXES, "gaa_")
# Short words that mean something else elsewhere: with a number for a value they may name the article, and stay.
FORMER_AMBIGUOUS = frozenset("ref cmp partner icid ncid ocid cvid smid trk".split())
AMBIGUOUS_PARAMETERS = FORMER_AMBIGUOUS | frozenset("mbid intcmp int_cmp epik".split())


def is_tracking(name: str, value: str) -> bool:
    """Whether a parameter only tells where the click came from."""
    lowered = name.lower()
    if lowered in AMBIGUOUS_PARAMETERS:
        return not _is_number(value)
    return lowered in TRACKING_PARAMETERS or lowered.startswith(TRACKING_PREFIXES)


def was_tracking(name: str, value: str) -> bool:
    """The same by the rules under which stores from before know addresses."""
    lowered = name.lower()
    if lowered in FORMER_AMBIGUOUS:
        return not _is_number(value)
    return lowered in FORMER_PARAMETERS or lowered.startswith(FORMER_PREFIXES)


def _is_number(value: str) -> bool:
    """Digits, perhaps with what parts them (`2026-114`)."""
    return any(char.isdigit() for char in value) and not any(char.isalpha() for char in value)
