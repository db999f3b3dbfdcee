"""Queries for databases that are servers: what their own clients print is the bulk format, which `rowback import` reads."""

from __future__ import annotations

# For `mysql --batch --raw --skip-column-names`. Times are UTC in News Sniffer's tables, whatever the server's zone.
NEWS_SNIFFER = """\
select json_object(
    'url', a.url,
    'seen_at', date_format(v.created_at, '%Y-%m-%dT%H:%i:%sZ'),
    'title', coalesce(v.title, ''),
    'text', t.text
)
from news_article_versions v
join news_articles a on a.id = v.news_article_id
join news_article_version_texts t on t.news_article_version_id = v.id
where coalesce(a.hidden, 0) = 0 and trim(t.text) <> ''
order by v.news_article_id, v.version;
"""

# For `psql --no-psqlrc --tuples-only --no-align`.
RMDES_NEWSDIFF = """\
select json_build_object(
    'url', a.url,
    'seen_at', to_char(v.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'title', coalesce(v.title, ''),
    'text', v.content_text
)
from versions v
join articles a on a.id = v.article_id
where trim(v.content_text) <> ''
order by v.article_id, v.version_number;
"""

QUERIES = {"newssniffer": NEWS_SNIFFER, "rmdes": RMDES_NEWSDIFF}
