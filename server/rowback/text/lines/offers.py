"""Lines that offer something else than the article: newsletters, adverts, cookies. Pure."""

from __future__ import annotations

OFFERS = (
    r"(?:sign\s+up|subscribe|register)\b.{0,60}\b(?:newsletters?|briefing|inbox|e-?mails?|alerts?|updates)\b.{0,80}",
    r"(?:get|receive)\b.{0,60}\b(?:newsletters?|in your inbox|to your inbox)\b.{0,80}",
    r"(?:(?:story|article) continues below|continues? (?:reading )?(?:below|after)|skip)\b.{0,50}",
    r"(?:advertisement|advertising|sponsored(?: content)?|promoted|anzeige|werbung|publicité|publicidad)\W*",
    r"(?:pubblicità|advertentie|annons|annonse|reklama)\W*",
    r"(?:we|this (?:web)?site|our partners)\b.{0,30}\buses?\s+cookies\b.{0,80}",
    r"(?:accept|manage|reject)\s+(?:all\s+)?cookies\W*",
)
