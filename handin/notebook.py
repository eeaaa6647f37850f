"""Makes a notebook of a script: python notebook.py FOLDER/problem1.py

Each section of the script, from one line `# %% title` to the next, becomes a cell and is run; what it printed and drew
stands below it in the notebook, which is written beside the script.
"""

import base64
import contextlib
import io
import json
import re
import sys
from pathlib import Path

script = Path(sys.argv[1]).resolve()
docstring, *sections = re.split(r"^# %% (.*)\n", script.read_text(encoding="utf-8"), flags=re.MULTILINE)
namespace = {"__name__": "__main__", "__file__": str(script)}
cells = []


def add_cell(kind, source, **more):
    cells.append({"cell_type": kind, "id": f"cell-{len(cells)}", "metadata": {}, "source": source.strip("\n"), **more})


def run(source):
    """What a section printed and drew, as the outputs of a cell."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(source, script.name, "exec"), namespace)
    sys.stdout.write(printed.getvalue())
    text = {"output_type": "stream", "name": "stdout", "text": printed.getvalue()}
    return [text] * bool(text["text"]) + [picture() for _ in namespace["plt"].get_fignums()]


def picture():
    """The oldest open figure, which is closed."""
    plt, content = namespace["plt"], io.BytesIO()
    figure = plt.figure(plt.get_fignums()[0])
    figure.savefig(content, dpi=100)
    plt.close(figure)
    data = {"image/png": base64.b64encode(content.getvalue()).decode(), "text/plain": "<Figure>"}
    return {"output_type": "display_data", "metadata": {}, "data": data}


add_cell("markdown", docstring.strip().strip('"'))
for number, (title, source) in enumerate(zip(sections[::2], sections[1::2]), 1):
    add_cell("markdown", f"## {title}")
    add_cell("code", source, execution_count=number, outputs=run(source))
python = {"display_name": "Python 3", "language": "python", "name": "python3"}
notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": python}, "cells": cells}
script.with_suffix(".ipynb").write_text(json.dumps(notebook, indent=1) + "\n", encoding="utf-8")
