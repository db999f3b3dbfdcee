"""Lines of buttons: share, print, follow. Pure."""

from __future__ import annotations

_NETWORKS = (
    "facebook|twitter|x|linkedin|whatsapp|e-?mail|reddit|pinterest|messenger|telegram|instagram|youtube|tiktok|threads"
)
SHARING = (
    rf"(?:please\s+)?share(?:\s+(?:this|on|via|with|article|story|page|post|link|{_NETWORKS}))*\W*",
    rf"(?:(?:{_NETWORKS}|share|tweet|pocket|flipboard|tumblr|print|copy|link|save|teilen|partager|compartir|condividi)\W+){{2,}}",
    r"(?:e-?mail|print|tweet|pin|save|bookmark|copy link|link copied)\W*",
    rf"follow\s+.{{2,40}}\s+on\s+(?:{_NETWORKS})\b.{{0,80}}",
)
