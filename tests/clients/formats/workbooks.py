#!/usr/bin/env python3
"""Opens the workbooks of the real server in openpyxl and holds their numbers to the JSON of the same address."""

import datetime
import io
import re
import sys

import openpyxl
from server import read, read_json

problems = []


def expect(condition, text):
    if not condition:
        problems.append(text)


def workbook(address):
    separator = "&" if "?" in address else "?"
    return openpyxl.load_workbook(io.BytesIO(read(f"{address}{separator}f=xlsx")))


def column(sheet, heading):
    """The cells below the first heading that begins so."""
    header = [str(cell.value) for cell in sheet[1]]
    place = next((place for place, text in enumerate(header) if text.startswith(heading)), None)
    if place is None:
        problems.append(f"{sheet.title}: no heading {heading} in {header}")
        return []
    return [row[place] for row in sheet.iter_rows(min_row=2)]


def close(ours, theirs):
    if ours is None or theirs is None:
        return ours is None and theirs is None
    return abs(ours - theirs) <= 1e-12 * max(1.0, abs(theirs))


def compare(cells, values, what):
    expect(len(cells) == len(values), f"{what}: {len(cells)} cells, {len(values)} values")
    wrong = [(cell.coordinate, cell.value, value) for cell, value in zip(cells, values) if not close(cell.value, value)]
    expect(not wrong, f"{what}: {wrong[:3]}")


def sheet_of_numbers(sheet):
    expect(sheet.freeze_panes is not None and sheet.freeze_panes.endswith("2"), f"{sheet.title}: header not frozen")
    expect(sheet.auto_filter.ref, f"{sheet.title}: no filter")
    formulas = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    expect(not formulas, f"{sheet.title}: formulas {formulas[:3]}")


def main():
    meta = read_json("meta")
    edition = next(entry["id"] for entry in meta["editions"] if "district" in entry["areas"])
    address = f"ratings?edition={edition}"
    rows = read_json(address)["areas"]
    book = workbook(address)
    expect(book.sheetnames == ["Xếp loại", "Phương pháp"], f"sheets {book.sheetnames}")
    numbers = book["Xếp loại"]
    sheet_of_numbers(numbers)
    for heading, member in [("Số vụ", "incidents"), ("Số dân", "population"), ("Tỷ suất (", "rate"), ("Độ tin cậy", "reliability")]:
        compare(column(numbers, heading), [row[member] for row in rows], member)
    shares = [cell for name in ["Độ tin cậy", "Tỷ lệ khu dân cư"] for cell in column(numbers, name) if cell.value is not None]
    expect(shares and all(cell.number_format == "0.0%" for cell in shares), "a share is no percentage")
    expect([cell.value for cell in column(numbers, "Tên")] == [row["name"] for row in rows], "names")
    method = " ".join(str(cell.value) for row in book["Phương pháp"].iter_rows() for cell in row)
    for needed in ["dữ liệu minh hoạ", "mã băm", "Garwood", "người-năm"]:
        expect(needed in method, f"the sheet of method does not say {needed!r}")

    code = rows[0]["code"]
    address = f"series?edition={edition}&areas={code}&by=year"
    points = read_json(address)["areas"][0]["points"]
    series = workbook(address + "&lang=en")["Over time"]
    sheet_of_numbers(series)
    compare(column(series, "Incidents"), [point["incidents"] for point in points], "series")
    days = [cell.value.date() if isinstance(cell.value, datetime.datetime) else cell.value for cell in column(series, "From")]
    expect(days == [datetime.date.fromisoformat(point["from"]) for point in points], f"days {days}")

    released = [window["id"] for window in meta["windows"] if re.match(r"TK-", window["id"])]
    address = f"comparison?edition={edition}&areas={code}&periods={released[0]},{released[1]}"
    compared = read_json(address)["areas"]
    sheet_of_numbers(workbook(address)["Hai kỳ"])
    for heading, member in [("p", "p"), ("Tỷ số của", "rate_ratio")]:
        compare(column(workbook(address)["Hai kỳ"], heading), [row[member] for row in compared], member)

    print(f"openpyxl: {len(rows)} rows of ratings, {len(points)} points, {len(compared)} comparison; {len(problems)} problems")
    for problem in problems:
        print(f"  {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
