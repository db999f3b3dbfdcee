"""Lines of buttons: share, print, follow. Pure."""

from __future__ import annotations

_NETWORKS = (
    "facebook|twitter|x|linkedin|whatsapp|e-?mail|reddit|pinterest|messenger|telegram|instagram|youtube|tiktok|threads|"
    "bluesky|mastodon|vkontakte|line|xing|viber|flipboard|pocket|tumblr"
)
_BUTTONS = "share|tweet|print|copy|link|save|teilen|partager|compartir|condividi|compartilhar|delen|dela|del|paylaş"
SHARING = (
    rf"(?:please\s+)?share(?:\s+(?:this|on|via|with|article|story|page|post|link|{_NETWORKS}))*\W*",
    rf"(?:(?:{_NETWORKS}|{_BUTTONS})\W+){{2,}}(?:{_NETWORKS}|{_BUTTONS})?\W*",
)
_FOLLOW_US = (
    "folgen sie uns|folge uns|suivez[- ]nous|retrouvez[- ]nous|síguenos|seguinos|siga[- ]nos|segue[- ]nos|seguici|volg ons|"
    "följ oss|følg oss|følg os|seuraa meitä|obserwuj nas|śledź nas|sledujte nás|подписывайтесь на нас|следите за нами|"
    "стежте за нами|تابعونا|تابعنا|עקבו אחרינו|ακολουθήστε μας|kövess minket|kövessen minket|urmărește-ne|ikuti kami|"
    "theo dõi chúng tôi"
)
FOLLOWING = rf"follow\s+.{{2,40}}\s+on\s+(?:{_NETWORKS})\b.{{0,80}}|(?:{_FOLLOW_US})\b[^.!?]{{0,60}}[.!]?"
CREDIT = r"(?:image|media|video)\s+(?:copyright|source)\W*.{0,60}|media playback is (?:un)?supported.{0,40}"
MORE = r"more\s+(?:from|in|on|about)\s+(?-i:\p{Lu})[^.!?]{1,40}"
OLD = r"this article is (?:more than |over )?\d+ (?:day|week|month|year)s? old\W*"
