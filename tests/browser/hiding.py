"""What pages do that hides or covers our marks, what they do that does not, and how it is undone."""

from __future__ import annotations

# A function that the page calls, its arguments, and what undoes it.
Act = tuple[str, tuple[str, ...], str]
STYLE = "(css) => document.head.append(Object.assign(document.createElement('style'), {textContent: css}))"

# What a rule says of our element. Each is tried as it is, in a layer, and in a scope.
DECLARATIONS = (
    "clip-path: inset(100%)",
    "clip: rect(0 0 0 0)",
    "opacity: 0.01",
    "filter: opacity(0)",
    "transform: scale(0)",
    "scale: 0.01",
    "translate: -9999px",
    "rotate: y 90deg",
    "offset-path: path('M -9000 0 L -9999 0')",
    "mask: linear-gradient(#0000, #0000)",
    "content-visibility: hidden",
    "display: none",
    "display: contents",
    "visibility: hidden",
    "zoom: 0.01",
    "contain: strict",
    "position: fixed; inset: -5000px auto auto -5000px",
    "width: 0; height: 0; overflow: clip",
    "max-width: 0; max-height: 0; overflow: hidden",
    "pointer-events: none",
    "color-scheme: only dark; forced-color-adjust: none",
    "z-index: -1",
    "mix-blend-mode: difference",
    "font-size: 0; line-height: 0; color: #0000",
    "all: initial",
    "all: unset; display: none",
    "animation: vanish 1s infinite; transition: all 99s",
    "float: left; margin: -9999px",
    "--rowback-live: hidden",
    "--paper: #0000; --ink: #0000; --accent: #0000; --line: #0000; --ins: #0000; --shadow: 0 0 0",
    "interactivity: inert; user-select: none",
)
KEYFRAMES = "@keyframes vanish { from, to { opacity: 0; visibility: hidden; translate: -9999px; display: none } }"
# Elsewhere than on the element itself.
RULES = (
    "rowback-overlay::after { content: ''; position: fixed; inset: 0; background: #fff; z-index: 9 }",
    "rowback-overlay::before { content: '' !important; position: fixed !important; inset: 0; z-index: 9; background: red }",
    "* { all: initial !important }",
    "html > :last-child { display: none !important }",
    "::highlight(rowback-changed) { background: none !important; text-decoration: none !important }",
    "@layer one { ::highlight(rowback-changed) { background: none !important; text-decoration: none !important } }",
)

# What lies over everything, made as the arguments say; `gone` takes it away again.
COVER = """(name, css, act) => {
  const cover = document.createElement(name);
  cover.id = "cover";
  cover.style.cssText = "margin: 0; padding: 0; border: 0; max-width: none; max-height: none; " + css;
  if (act === "showPopover") cover.popover = "manual";
  (act === "after" ? document.documentElement : document.body).append(cover);
  cover[act]?.();
}"""
ALL_OVER = "position: fixed; inset: 0; width: auto; height: auto; z-index: 2147483647; background: #fff; "
GLASS = "pointer-events: none; "
UNCOVER = "() => document.querySelector('#cover').remove()"
UNSTYLE = "() => document.head.lastChild.remove()"
ROOT = "const root = document.querySelector('rowback-overlay').shadowRoot; "
# A layer whose look a style sheet of its own gives it.
STYLED = """(act, css) => {
  const cover = Object.assign(document.createElement("div"), { id: "cover" });
  cover.style.cssText = "position: fixed; inset: 0 auto auto 0; width: 2px; height: 2px; border: 0; padding: 0; " +
    "z-index: 2147483647; pointer-events: none";
  if (act === "shadow") {
    const inner = Object.assign(document.createElement("div"), { style: css });
    cover.attachShadow({ mode: "open" }).append(inner);
  } else cover.append(Object.assign(document.createElement("style"), { textContent: css }));
  if (act === "showPopover") cover.popover = "manual";
  document.documentElement.append(cover);
  cover[act]?.();
}"""
HIDES: dict[str, Act] = {
    **{
        rule: (STYLE, (rule,), UNSTYLE)
        for rule in (
            "html { opacity: 0 }",
            "html { opacity: 0.02 }",
            "@keyframes go { to { opacity: 0 } } html { animation: go 1ms forwards }",
            "html { filter: opacity(5%) }",
            "html { filter: blur(40px) }",
            "html { clip-path: inset(100%) }",
            "html { mask: linear-gradient(#0000, #0000) }",
            "html { transform: scale(0.01) }",
            "html { rotate: y 90deg }",
            "html { translate: -9999px }",
            "html { content-visibility: hidden }",
            "html { contain: paint; height: 0 }",
            "html { display: none }",
            "body { display: none }",
            "article p { display: none }",
        )
    },
    "pseudo": (STYLE, (f"html::after {{ content: ''; {ALL_OVER} }}",), UNSTYLE),
    "pseudo of glass": (STYLE, (f"html::after {{ content: ''; {ALL_OVER + GLASS} }}",), UNSTYLE),
    "dialog": (COVER, ("dialog", "", "showModal"), UNCOVER),
    "popover": (COVER, ("div", ALL_OVER, "showPopover"), UNCOVER),
    "popover of glass": (COVER, ("div", ALL_OVER + GLASS, "showPopover"), UNCOVER),
    "sibling": (COVER, ("div", ALL_OVER, "after"), UNCOVER),
    "sibling of glass": (COVER, ("div", ALL_OVER + GLASS, "after"), UNCOVER),
    "picture of glass": (
        COVER,
        ("canvas", ALL_OVER.replace("#fff", "none; width: 100vw; height: 100vh") + GLASS, "after"),
        UNCOVER,
    ),
    "backdrop": (STYLED, ("showPopover", "#cover::backdrop { background: #fff }"), UNCOVER),
    "pseudo on top": (STYLED, ("showPopover", f"#cover::before {{ content: ''; {ALL_OVER} }}"), UNCOVER),
    "absolute pseudo": (
        STYLED,
        ("", "#cover::after { content: ''; position: absolute; width: 100vw; height: 100vh; background: #fff }"),
        UNCOVER,
    ),
    "shadow around": (STYLED, ("showPopover", "#cover { box-shadow: 0 0 0 200vmax #fff }"), UNCOVER),
    "shadow aside": (STYLED, ("", "#cover { box-shadow: 970px 140px 0 40px #fff }"), UNCOVER),
    "outline": (STYLED, ("", "#cover { outline: 2000px solid #fff }"), UNCOVER),
    "glass in a shadow root": (STYLED, ("shadow", ALL_OVER), UNCOVER),
    "patch": (
        COVER,
        ("div", "position: absolute; z-index: 2147483647; top: 120px; left: 970px; width: 80px; height: 80px", "after"),
        UNCOVER,
    ),
    "patch on top": (
        COVER,
        ("div", "position: fixed; inset: 0 0 auto; width: 100vw; height: 250px; background: #fff", "showPopover"),
        UNCOVER,
    ),
    "inert root": (
        "() => { document.documentElement.inert = true; }",
        (),
        "() => { document.documentElement.inert = false; }",
    ),
    "inert element": (
        "() => { document.querySelector('rowback-overlay').inert = true; }",
        (),
        "() => { document.querySelector('rowback-overlay').inert = false; }",
    ),
    "clipped badge": (
        f"() => {{ {ROOT} root.querySelector('[data-edit]').style.clipPath = 'inset(100%)'; }}",
        (),
        f"() => {{ {ROOT} root.querySelector('[data-edit]').style.clipPath = ''; }}",
    ),
    "no style of ours": (
        f"() => {{ {ROOT} window.sheets = [...root.adoptedStyleSheets]; root.adoptedStyleSheets = []; }}",
        (),
        f"() => {{ {ROOT} root.adoptedStyleSheets = sheets; }}",
    ),
    "style in our root": (
        (
            f"() => {{ {ROOT} const style = document.createElement('style'); style.textContent = "
            "'.badge { opacity: 0 !important }'; root.append(style); }"
        ),
        (),
        f"() => {{ {ROOT} root.querySelector('style').remove(); }}",
    ),
    "cover in our root": (
        (
            f"() => {{ {ROOT} const cover = document.createElement('div'); cover.id = 'c'; cover.style = "
            f"'{ALL_OVER} pointer-events: auto'; root.append(cover); }}"
        ),
        (),
        f"() => {{ {ROOT} root.querySelector('#c').remove(); }}",
    ),
    "colours of none": (
        (
            f"() => {{ {ROOT} const style = root.querySelector('[data-edit]').style; style.color = "
            "style.background = style.border = 'transparent'; }"
        ),
        (),
        (
            f"() => {{ {ROOT} const style = root.querySelector('[data-edit]').style; style.color = "
            "style.background = style.border = ''; }"
        ),
    ),
    "badge moved": (
        f"() => {{ {ROOT} root.querySelector('.badges').style.left = '-9999px'; }}",
        (),
        f"() => {{ {ROOT} root.querySelector('.badges').style.left = ''; }}",
    ),
    "badge thrown away": (
        f"() => {{ {ROOT} window.badges = root.querySelector('.badges'); badges.remove(); }}",
        (),
        f"() => {{ {ROOT} root.append(badges); }}",
    ),
}
# What honest pages, and other extensions, do.
HONEST: dict[str, Act] = {
    **{
        rule: (STYLE, (rule,), UNSTYLE)
        for rule in (
            "html { filter: invert(1) hue-rotate(180deg) }",
            "html { filter: grayscale(100%) brightness(0.9) }",
            "html { opacity: 0.9 }",
            "html { transform: translateZ(0) }",
            "html { zoom: 1.2 }",
            "body { filter: blur(9px); opacity: 0.3 }",
            "main { content-visibility: auto; contain-intrinsic-size: auto 900px }",
            "header { position: fixed; inset: 0 0 auto; height: 250px; background: #fff; z-index: 2147483647 }",
            "footer { position: fixed; inset: auto 0 0; height: 250px; background: #fff; z-index: 2147483647 }",
            "body::after { content: ''; position: fixed; inset: 0; z-index: 2147483647; background: #fffb }",
        )
    },
    "wall in the body": (COVER, ("div", ALL_OVER, ""), UNCOVER),
    "place for toasts": (COVER, ("div", ALL_OVER.replace("#fff", "none") + GLASS, "showPopover"), UNCOVER),
    "extension's layer": (COVER, ("div", "position: fixed; inset: 0; pointer-events: none", "after"), UNCOVER),
    "extension's button": (COVER, ("button", "position: fixed; right: 9px; bottom: 9px", "after"), UNCOVER),
    "dialog beside": (COVER, ("dialog", "", "show"), UNCOVER),
    "banner on top": (
        COVER,
        ("div", "position: fixed; inset: auto 0 0; width: auto; height: 200px; background: #fff", "showPopover"),
        UNCOVER,
    ),
    "scrolled away": (
        "() => { document.body.style.height = '9000px'; scrollTo(0, 4000); }",
        (),
        "() => scrollTo(0, 0)",
    ),
}
NUDGE = "() => dispatchEvent(new Event('resize'))"

# What a page makes of our elements' names, before we come.
DEFINITIONS = {
    "throws": "constructor() { super(); throw new Error('not yours'); }",
    "rooted": "constructor() { super(); this.attachShadow({ mode: 'closed' }).innerHTML = '<p>mine</p>'; }",
    "rootless": "static disabledFeatures = ['shadow'];",
}
DEFINE = """<script>
  for (const name of ["rowback-overlay", "rowback-deletion"])
    customElements.define(name, class extends HTMLElement { %s });
</script>"""
