"""What is asked for after a capture: every address that reads, of one article and of all.

`{id}` is the article's, `{last}` the number of its newest version, `{url}` its address, `{at}` an instant of it, and
`{query}` what somebody searches for.
"""

from __future__ import annotations

# These answer without an error whatever the article says.
OF_ARTICLE = (
    "/articles/{id}",
    "/articles/{id}/versions/{last}",
    "/articles/{id}/versions/{last}.json",
    "/articles/{id}/versions/{last}.txt",
    "/articles/{id}/diff/0/{last}",
    "/articles/{id}/diff/{last}/0?view=inline",
    "/articles/{id}/compare?from=0&to={last}",
    "/articles/{id}/at/{at}",
    "/articles/{id}/feed.atom",
    "/articles/{id}/feed.rss",
    "/articles/{id}/feed.json",
    "/articles/{id}/timegate",
    "/articles/{id}/timemap",
    "/articles/{id}/timemap.json",
    "/memento/20260110080000/{url}",
    "/timegate/{url}",
    "/timemap/link/{url}",
    "/timemap/json/{url}",
    "/find?url={url}",
    "/api/v1/articles/{id}",
    "/api/v1/changes?article={id}&since={at}",
    "/api/v1/articles/{id}/versions/{last}",
    "/api/v1/edits?url={url}&from={last}&to=0",
    "/api/v1/edits?url={url}&from={at}",
)
# These may say that a query is none.
SEARCHES = (
    "/search?q={query}",
    "/api/v1/search?q={query}",
    "/api/v1/search?q={query}&older=9",
    "/api/v1/changes?since={query}",
    "/api/v1/changes?article={query}&source={query}&label={query}",
    "/search/feed.atom?q={query}",
    "/search/feed.rss?q={query}",
    "/search/feed.json?q={query}",
    "/find?url={query}",
    "/?source={query}",
    "/?from={query}&to={query}",
    "/?older={query}",
    "/articles?older={query}",
    "/api/v1/articles?before={query}",
    "/sources/{query}/feed.atom",
    "/labels/{query}/feed.json",
    "/articles/{id}/at/{query}",
    "/articles/{id}/diff/0/99999999999999999999",
    "/articles/{id}/versions/99999999999999999999",
    "/articles/{id}/versions/{last}/readings/0",
    "/articles/99999999999999999999",
    "/timegate/{query}",
    "/timemap/link/{query}",
    "/api/v1/edits?url={query}&from={query}&to={query}",
    "/api/v1/articles/99999999999999999999/versions/0",
    "/api/v1/articles/{id}/edits/{query}/wordings?start={query}",
    "/memento/{query}/{url}",
    "/memento/20260110080000/{query}",
    "/api/v1/backfills?url={query}",
    "/api/v1/backfills?url={url}",
    "/api/v1/sites?url={query}",
    "/api/v1/sites?url={url}",
)
LISTS = (
    "/",
    "/?label=figure",
    "/?source=packet.example",
    "/articles",
    "/status",
    "/metrics",
    "/about",
    "/feed.atom",
    "/feed.rss",
    "/feed.json",
    "/sources/packet.example/feed.atom",
    "/labels/figure/feed.rss",
    "/api/v1/articles?limit=50",
    "/api/v1/status",
    "/api/v1/feeds",
    "/api/v1/outlets",
)
# What reads no text that a publisher wrote, or reads it as another address does.
NOT_ASKED = {
    *("static", "openapi", "robots.robots", "api.health", "ready_api.ready", "access_api.this_token"),
    *("signing_in.login", "signing_in.by_link", "access.access", "pairing.pair", "joining.invited", "removed.removed"),
    *("secret_feeds.feed", "secret_feeds.nothing", "checks.standing"),
}
