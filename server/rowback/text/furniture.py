"""What stands in an article and is not of it: share lines, times since, counters, newsletter boxes, related links, cookie
texts, site boxes. Told by the words around a piece (classes, ids) and by whole short lines. Pure.

A line is only furniture when all of it is: an editors' note or a correction never is, wherever it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from rowback.text.pieces import length_in_words

if TYPE_CHECKING:
    from rowback.text.pieces import Around, Piece

MAX_LINE_WORDS = 16  # a longer line is prose and is never judged by its words
MAX_LINE_CHARACTERS = 200
MIN_NOTE_WORDS = 4
MAX_NOTE_WORDS = 150  # a longer correction is the article's own text

# Words of classes and ids that name furniture by themselves.
_NAMES = frozenset(
    """
    newsletter newsletters signup share sharing sharebar shares social socialbar addthis sharethis promo promos advert adverts
    advertisement advertisements adslot adunit adbox sponsored sponsor outbrain taboola recirc recirculation recommended
    recommendations related relatedlinks relateds readmore mostread mostpopular trending cookie cookies consent gdpr cmp
    onetrust didomi comments comment disqus breadcrumb breadcrumbs pagination pager paywall regwall paygate metered
    tags taglist topics skiplink skip visuallyhidden screenreader
    """.split()
)
# Pairs of words that do so only together. An embedded post is a quote in a server's copy and a frame in a reader's.
_PAIRS = tuple(
    frozenset(pair.split("-"))
    for pair in """
    most-read most-popular read-more read-next more-stories see-also sr-only visually-hidden screen-reader related-links
    twitter-tweet instagram-media tiktok-embed fb-post ad-slot ad-unit ad-wrapper ad-container amp-ad sign-up print-only
    social-links
    """.split()
)
_SLIDES = frozenset({"slides", "carousel", "slideshow", "flexslider", "swiper", "slider", "gallery"})
_TAGS = frozenset({"nav", "footer", "aside", "form", "amp-ad"})
_NEVER = frozenset({"html", "body", "main"})

_NOTE_WORDS = (
    r"corrections?(?:\s+(?:and|&)\s+clarifications?)?|clarifications?|(?:an?\s+)?editor[’']?s?[’']?\s+note|updated?|retraction|"
    r"note from the editors?|berichtigung|korrektur|(?:anmerkung|hinweis) der redaktion|richtigstellung|rectificatif|"
    r"correctif|note de la rédaction|mise à jour|corrección|fe de errores|nota del editor|rettifica|errata|"
    r"correctie|rectificatie|rättelse|rettelse|oikaisu|sprostowanie|oprava"
)
_NOTE = regex.compile(
    rf"\W*(?:{_NOTE_WORDS})\b[^:\n]{{0,60}}[:–—-]|"
    r"\W*(?:this|an earlier version of this|a previous version of this)\s+(?:article|story|post|piece|headline|report|page)\b"
    r".{0,80}\b(?:amended|corrected|updated|clarified|misstated|incorrectly|wrongly|erroneously|removed|retracted)\b",
    regex.IGNORECASE,
)
_NOTE_NAMES = frozenset(
    {"correction", "corrections", "clarification", "editorsnote", "errata", "amendment", "retraction"}
)

# What is read of these is never given back, so that a line of nothing else takes no longer than any other.
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*+"
_UNITS = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)"
_DATE = (
    rf"(?:(?:\d(?:[\d:.,/–-]|h(?!\p{{L}}))*+(?:st|nd|rd|th|am|pm|h)?|{_MONTHS}|{_UNITS}|(?:mon|tue|wed|thu|fri|sat|sun)\p{{L}}*+|"
    r"today|yesterday|gmt|utc|bst|est|edt|et|pst|pdt|pt|cet|cest|uk|a\.?m\.?|p\.?m\.?|at|on|of|the|and|ago|an?|uhr|show|all|"
    r"updates|[^\w\s])\s*+)+"
)
_NETWORKS = (
    "facebook|twitter|x|linkedin|whatsapp|e-?mail|reddit|pinterest|messenger|telegram|instagram|youtube|tiktok|threads"
)
_TIMES = (
    # "Last updated 3 hours ago", "Published 5 April 2009 at 19:26 GMT"
    rf"(?:(?:page|article)\s+)?(?:(?:last|first)\s+)?(?:updated|published|posted|modified|edited)(?:\s*:|\s+on|\s+at)?\s+{_DATE}",
    rf"(?:(?:about|over)\s+)?(?:an?|\d+)\s+{_UNITS}\s+ago",
    # "2 hours agoAnna LindHarbour correspondent", "By Anna Lind, 2 hours ago": a byline that counts the hours
    rf"(?:an?|\d+)\s+{_UNITS}\s+(?-i:ago)\W*(?-i:\p{{Lu}})[^.!?]*",
    rf"by\s+[^.!?]{{1,80}}\W\s*(?:(?:published|updated|posted)\s+)?(?:an?|\d+)\s+{_UNITS}\s+ago",
    r"(?:vor|il y a|hace|há)\s+(?:\d+|einer?|une?|una?|um|uma)\s+\p{L}+|\d+\s+\p{L}+\s+(?:fa|geleden|siden|sedan|temu)",
    r"\d+\s*min(?:ute)?s?\s+(?:read|lesezeit|de lecture|de lectura)|(?:reading time|lesezeit)\W*\d+\s*min\p{L}*",
)
_COUNTERS = (
    r"\d[\d.,\s]*[km]?\s*(?:views?|shares?|comments?|likes?|reads?|retweets?|kommentare?|commentaires?|comentarios?|reacties)",
    r"(?:(?:view|read|show|see|add|post|leave)\s+)?(?:(?:all|a)\s+)?comments?\W*\d*\W*",
)
_SHARING = (
    rf"(?:please\s+)?share(?:\s+(?:this|on|via|with|article|story|page|post|link|{_NETWORKS}))*\W*",
    rf"(?:(?:{_NETWORKS}|share|tweet|pocket|flipboard|tumblr|print|copy|link|save|teilen|partager|compartir|condividi)\W+){{2,}}",
    r"(?:e-?mail|print|tweet|pin|save|bookmark|copy link|link copied)\W*",
    rf"follow\s+.{{2,40}}\s+on\s+(?:{_NETWORKS})\b.{{0,80}}",
)
_OFFERS = (
    r"(?:sign\s+up|subscribe|register)\b.{0,60}\b(?:newsletters?|briefing|inbox|e-?mails?|alerts?|updates)\b.{0,80}",
    r"(?:get|receive)\b.{0,60}\b(?:newsletters?|in your inbox|to your inbox)\b.{0,80}",
    r"(?:(?:story|article) continues below|continues? (?:reading )?(?:below|after)|skip)\b.{0,50}",
    r"(?:advertisement|advertising|sponsored(?: content)?|promoted|anzeige|werbung|publicité|publicidad)\W*",
    r"(?:pubblicità|advertentie|annons|annonse|reklama)\W*",
    r"(?:we|this (?:web)?site|our partners)\b.{0,30}\buses?\s+cookies\b.{0,80}",
    r"(?:accept|manage|reject)\s+(?:all\s+)?cookies\W*",
)
_LEADS = (
    r"(?:related(?:\s+\p{L}+)?|read\s+(?:more|next|also)|more\s+(?:on|from|about)\s+(?:this|the)(?:\s+\p{L}+)?|see\s+also)\W*",
    r"(?:recommended(?:\s+for\s+you)?|you\s+may\s+also\s+like|most\s+(?:read|popular)|trending(?:\s+now)?)\W*",
    r"(?:lesen\s+sie\s+auch|(?:à\s+)?lire\s+aussi|lea\s+también|leggi\s+anche|lees\s+ook|mehr\s+zum\s+thema)\W*",
    r"(?:image|media|video)\s+(?:copyright|source)\W*.{0,60}|media playback is (?:un)?supported.{0,40}",
    r"(?:back|return)\s+to\s+(?:the\s+)?top\W*|(?:loading|please wait|close|menu|search)\W*",
)
_LINES = tuple(
    regex.compile(pattern, regex.IGNORECASE) for pattern in (*_TIMES, *_COUNTERS, *_SHARING, *_OFFERS, *_LEADS)
)
_LINKED_LINE = regex.compile(
    r"(?:read\s+(?:more|next|also)|related|see\s+also|more|watch|listen|lesen\s+sie\s+auch|(?:à\s+)?lire\s+aussi|lea\s+también|"
    r"leggi\s+anche|lees\s+ook)\s*[:|]\s*.+",
    regex.IGNORECASE,
)


def is_note(piece: Piece) -> bool:
    """Whether a piece is an editors' note or a correction."""
    words = length_in_words(piece.text)
    if is_line(piece.text) or not MIN_NOTE_WORDS <= words <= MAX_NOTE_WORDS or piece.links > 0.5:
        return False
    return is_note_text(piece.text) or any(element.words & _NOTE_NAMES for element in piece.around[-3:])


def is_note_text(text: str) -> bool:
    """Whether a text begins as editors' notes and corrections do."""
    return _NOTE.match(text) is not None


def is_line(text: str, links: float = 0.0) -> bool:
    """Whether a text is furniture from its first word to its last. `links` is the share of it that is links."""
    told = text.strip()
    if len(told) > MAX_LINE_CHARACTERS or length_in_words(told) > MAX_LINE_WORDS:
        return False
    if links > 0.3 and _LINKED_LINE.fullmatch(told):
        return True
    return any(pattern.fullmatch(told) for pattern in _LINES)


def is_box(element: Around) -> bool:
    """Whether an element's own names say that what is in it is furniture."""
    if element.tag in _NEVER:
        return False
    return element.tag in _TAGS or bool(element.words & _NAMES) or any(pair <= element.words for pair in _PAIRS)


def is_slideshow(element: Around) -> bool:
    """Whether an element's names say that it shows one of its texts at a time."""
    return element.tag not in _NEVER and bool(element.words & _SLIDES)
