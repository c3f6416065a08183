"""Prints the rows of an exported file as JSON: one object a row, column to text, empty cells left out."""

import csv
import json
import sys


def csv_rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def xlsx_rows(path):
    import openpyxl
    from openpyxl.utils.escape import unescape  # openpyxl itself leaves escapes in inline strings

    names, *rows = openpyxl.load_workbook(path).active.iter_rows()
    for cell in (cell for row in rows for cell in row):
        if cell.value is not None and cell.data_type != "s":
            sys.exit(f"{cell.coordinate} is no text but {cell.data_type}")
    return [
        {name.value: unescape(cell.value or "") for name, cell in zip(names, row)} for row in rows
    ]


def json_rows(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)["credentials"]


def yaml_rows(path):
    import yaml

    with open(path, encoding="utf-8", newline="") as file:
        return yaml.safe_load(file)["credentials"]


def text(value):
    return ", ".join(value) if isinstance(value, list) else str(value)


READERS = {"csv": csv_rows, "xlsx": xlsx_rows, "json": json_rows, "yaml": yaml_rows}
rows = READERS[sys.argv[1].rsplit(".", 1)[1]](sys.argv[1])
print(json.dumps([{name: text(cell) for name, cell in row.items() if cell not in ("", [])} for row in rows]))
