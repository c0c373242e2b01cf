// The palette, fonts, radii and shadows are the theme's tokens (docs/theming.md), so a utility such as bg-surface
// follows each shop's theme and the dark scheme. Raw colours are not offered.
const tokens = (prefix, names) => Object.fromEntries(names.map((name) => [name, `var(--${prefix}-${name})`]));

export default {
  theme: {
    colors: {
      transparent: "transparent",
      current: "currentColor",
      ...tokens("color", [
        "surface", "raised", "sunken", "text", "muted", "line", "control", "accent", "on-accent", "tint",
        "success", "warning", "danger", "focus",
      ]),
    },
    fontFamily: tokens("font", ["body", "display"]),
    borderRadius: {
      none: "0",
      DEFAULT: "var(--radius)",
      card: "var(--radius-card)",
      pill: "var(--radius-pill)",
      full: "999px",
    },
    boxShadow: { none: "none", ...tokens("shadow", ["raised", "overlay"]) },
    fontSize: tokens("text", ["xs", "sm", "base", "lg", "xl", "2xl", "3xl", "4xl", "5xl"]),
  },
};
