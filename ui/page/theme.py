"""The page's theme for what Gradio draws itself; `assets/page.css` does the rest."""

import gradio as gr

SERIF = ["Iowan Old Style", "Palatino Linotype", "Palatino", "Georgia", "DejaVu Serif", "serif"]
MONO = ["ui-monospace", "DejaVu Sans Mono", "monospace"]


def build_theme() -> gr.themes.Base:
    """Return a theme with system fonts only: a font that Gradio knows would be fetched."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.red,
        neutral_hue=gr.themes.colors.stone,
        spacing_size=gr.themes.sizes.spacing_sm,
        radius_size=gr.themes.sizes.radius_none,
        text_size=gr.themes.sizes.text_md,
        font=SERIF,
        font_mono=MONO,
    ).set(
        body_background_fill="var(--paper)",
        body_background_fill_dark="var(--paper)",
        background_fill_primary="var(--sheet)",
        background_fill_primary_dark="var(--sheet)",
        body_text_color="var(--ink)",
        body_text_color_dark="var(--ink)",
        block_label_text_color="var(--quiet)",
        block_label_text_color_dark="var(--quiet)",
    )
