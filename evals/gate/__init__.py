"""How well the gate tells what paragraphs bear out: people's judgements, damaged sentences, rewordings by hand."""
