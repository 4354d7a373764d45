"""What pyxform makes of workbooks: some made here at random, some sent by the Swift tests; JSON in, JSON out.

A form is told in one way, whatever its author wrote, so that two readers can be compared:

1.  What pyxform adds by itself, the group `meta`, is left out.
2.  Types go by their first names: `q int`, `int` and `integer` are all `integer`.
3.  Texts are told by language; those whose column names none have the default language, or "" where there is none.
4.  A table-list, which pyxform unfolds into further rows, is folded back; appearances inside it are told as nothing.
5.  `../name`, which pyxform writes for or_other, is `${name}`; what it adds for it is marked, since its words may differ.
6.  Types that the Swift importer leaves out with a warning are left out.
7.  A day that a spreadsheet made a date is `2026-11-23`, without the midnight that pyxform writes after it.
"""

import base64
import datetime
import glob
import io
import json
import os
import random
import subprocess
import sys
import tarfile
import tempfile

import openpyxl
import xlrd
from pyxform.errors import PyXFormError
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from pyxform.xls2xform import convert

LEFT_OUT = {"deviceid", "phonenumber", "username", "email", "simserial", "subscriberid"}
EXAMPLES = "pyxform==0.15.1"


# What pyxform says ---------------------------------------------------------------------------------------------------


def first_name(kind: str) -> str:
    """The first name of a type, by what pyxform makes of it."""
    names = {
        "select one": "select_one",
        "select all that apply": "select_multiple",
        "rank": "rank",
        "group": "group",
        "range": "range",
    }
    if kind in names:
        return names[kind]
    known = QUESTION_TYPE_DICT.get(kind, {})
    bind = known.get("bind", {})
    if "jr:preload" in bind:
        return bind["jr:preloadParams"].removeprefix("uri:")
    match known.get("control", {}).get("tag"):
        case "trigger":
            return "acknowledge"
        case "input" if bind.get("readonly"):
            return "note"
        case "input":
            return {"string": "text", "int": "integer"}.get(bind["type"], bind["type"])
        case None if bind.get("type") == "string":
            return "hidden" if kind == "hidden" else "calculate"
    return kind


def words(text, language: str) -> dict[str, str]:
    if text is None:
        return {}
    told = text if isinstance(text, dict) else {language: text}
    return {"" if name == "default" else name: str(written) for name, written in told.items()}


def day(text: str | None) -> str | None:
    return text.removesuffix(" 00:00:00") if text else text


class Teller:
    def __init__(self, form: dict) -> None:
        self.form = form
        language = form["default_language"]
        self.language = "" if language == "default" else language
        self.items: list[dict] = []

    def told(self) -> dict:
        for child in self.form["children"]:
            if child["name"] != "meta":
                self.tell(child, [], False)
        return {
            "id": str(self.form["id_string"]),
            "title": str(self.form["title"]),
            "version": day(str(self.form.get("version", ""))),
            "language": self.language,
            "items": self.items,
            "lists": [self.choices(name, choices) for name, choices in self.form.get("choices", {}).items()],
        }

    def choices(self, name: str, choices: list[dict]) -> dict:
        return {
            "name": name,
            "choices": [
                {
                    "name": choice["name"],
                    "label": words(choice.get("label"), self.language),
                    "columns": {
                        key: value for key, value in choice.items() if key not in {"name", "label", "media"}
                    },
                }
                for choice in choices
            ],
        }

    def tell(self, item: dict, path: list[str], in_table: bool) -> None:
        name = item["name"]
        kind = first_name(item["type"])
        if kind in LEFT_OUT or name.startswith("reserved_name_for_field_list_labels_"):
            return
        children = item.get("children", [])
        label, hint = item.get("label"), item.get("hint")
        if children and children[0]["name"].startswith("generated_table_list_label_"):
            label, hint = children[0].get("label"), children[0].get("hint")
            children = children[1:]
        is_table = any(
            child["name"].startswith(("reserved_name_for_field_list_labels_", "generated_table_list_label_"))
            for child in item.get("children", [])
        )
        bind = item.get("bind", {})
        relevant = bind.get("relevant")
        is_other = bool(relevant and relevant.startswith("selected(../"))
        if is_other:
            relevant = relevant.replace("../" + name.removesuffix("_other"), "${" + name.removesuffix("_other") + "}")
        self.items.append(
            {
                "name": name,
                "type": kind,
                "list": item.get("itemset"),
                "path": path,
                "is_other": is_other,
                "label": words(label, self.language),
                "hint": words(hint, self.language),
                "guidance_hint": words(item.get("guidance_hint"), self.language),
                "required": bind.get("required"),
                "required_message": words(bind.get("jr:requiredMsg"), self.language),
                "relevant": relevant,
                "constraint": bind.get("constraint"),
                "constraint_message": words(bind.get("jr:constraintMsg"), self.language),
                "calculation": bind.get("calculate"),
                "default": day(item.get("default")),
                "read_only": bind.get("readonly"),
                "choice_filter": item.get("choice_filter"),
                "appearance": "" if is_table or in_table else item.get("control", {}).get("appearance", ""),
                "parameters": item.get("parameters") if isinstance(item.get("parameters"), dict) else {},
            }
        )
        for child in children:
            self.tell(child, [*path, name], is_table)


def answer(workbook: bytes) -> dict:
    try:
        return {"form": Teller(convert(workbook, file_type=".xlsx")._pyxform).told()}
    except (PyXFormError, KeyError, AttributeError, TypeError) as refusal:
        # Some of what pyxform cannot read ends it in another way than by its own error.
        return {"refusal": f"{type(refusal).__name__}: {refusal}"}


def case(name: str, workbook: bytes, planted: list[dict]) -> dict:
    return {
        "name": name,
        "workbook": base64.b64encode(workbook).decode(),
        "planted": planted,
        "answer": answer(workbook),
    }


# Forms made at random ------------------------------------------------------------------------------------------------

LANGUAGES = [["中文 (zh)", "English (en)"], ["English (en)", "Français (fr)"], ["English", "Español"]]
WORDS = ["您家几口人", "Village", "近三个月看过病吗", "How much", "水从哪里来", "Nom", "Satisfied?", "谁做饭", "Age", "备注"]
TYPES = {
    "text": ["text", "string", "q string", "add text prompt"],
    "integer": ["integer", "int", "q int", "add integer prompt"],
    "decimal": ["decimal", "q decimal", "add decimal prompt"],
    "date": ["date", "q date", "add date prompt"],
    "time": ["time"],
    "dateTime": ["dateTime", "datetime", "date time", "q dateTime", "add date time prompt"],
    "note": ["note", "q note", "add note prompt"],
    "acknowledge": ["acknowledge", "trigger", "q acknowledge", "add acknowledge prompt"],
    "hidden": ["hidden"],
    "calculate": ["calculate", "q calculate", "add calculate prompt"],
    "range": ["range"],
    "start": ["start", "start time", "get start time"],
    "end": ["end", "end time", "get end time"],
    "today": ["today", "get today"],
    "select_one": ["select_one {}", "select one {}", "select1 {}", "select one from {}", "add select one prompt using {}"],
    "select_multiple": ["select_multiple {}", "select all that apply {}", "select all that apply from {}"],
    "rank": ["rank {}"],
}
ALIASES = {
    "label": ["label", "Label", "caption", "LABEL", " label "],
    "name": ["name", "Name", "value"],
    "type": ["type", "Type", "command"],
    "hint": ["hint", "Hint"],
    "guidance_hint": ["guidance_hint", "Guidance Hint"],
    "required": ["required", "Required", "bind::required"],
    "required_message": ["required_message", "Required Message", "requiredMsg"],
    "relevant": ["relevant", "relevance", "Relevant", "bind::relevant"],
    "constraint": ["constraint", "Constraint"],
    "constraint_message": ["constraint_message", "constraining_message", "Constraint Message"],
    "calculation": ["calculation", "calculate", "Calculation"],
    "default": ["default", "Default"],
    "read_only": ["read_only", "readonly", "Read Only"],
    "choice_filter": ["choice_filter", "Choice Filter"],
    "appearance": ["appearance", "Appearance", "control::appearance", "body::appearance"],
    "parameters": ["parameters", "Parameters"],
    "list_name": ["list_name", "list name", "List Name"],
    "form_title": ["form_title", "Form Title", "title", "set_form_title"],
    "form_id": ["form_id", "Form ID", "id_string"],
    "version": ["version", "Version"],
    "default_language": ["default_language", "Default Language"],
}
TEXTS = {"label", "hint", "guidance_hint", "required_message", "constraint_message"}


class Sheet:
    """Rows by plain column names, and how those are spelt in the file."""

    def __init__(self, columns: list[str]) -> None:
        self.columns = columns
        self.titles: dict[str, str] = {column: column for column in columns}
        self.rows: list[dict] = []

    def write(self, sheet) -> None:
        sheet.append([self.titles[column] for column in self.columns])
        for row in self.rows:
            sheet.append([row.get(column) for column in self.columns])


class Author:
    """Writes one form in the style of those of the ecosystem."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.languages = self.random.choice([None, None, None, *LANGUAGES])
        self.colon = "::"
        self.names: list[str] = []
        self.kinds: dict[str, str] = {}
        self.lists: dict[str, list[dict]] = {}
        self.settings: dict[str, object] = {}
        self.rows: list[dict] = []
        self.planted: list[dict] = []
        self.table = False
        self.extra: list[str] = []
        self.is_disturbed = False

    def chance(self, of: float) -> bool:
        return self.random.random() < of

    def texts(self, column: str, text: str | None = None) -> dict:
        text = text or self.words()
        if not self.languages:
            return {column: text}
        return {f"{column}::{language}": f"{text} {number}" for number, language in enumerate(self.languages)}

    def words(self) -> str:
        text = " ".join(self.random.choice(WORDS) for _ in range(self.random.randint(1, 4)))
        if self.names and self.chance(0.1):
            text += " ${" + self.random.choice(self.names) + "}?"
        if self.chance(0.1):
            text = f"“{text}”"
        if self.chance(0.1):
            text = f"  {text}   twice  "
        if self.chance(0.1):
            text += "\n2"
        if self.chance(0.05):
            text += "\u00a0end"
        return text

    def name(self) -> str:
        stem = self.random.choice(["q", "hh_size", "age", "村", "b.c", "_x", "Name", "a-b", "water"])
        return f"{stem}{len(self.names) + len(self.kinds) + 1}"

    def make_lists(self) -> None:
        for number in range(self.random.randint(1, 4)):
            name = self.random.choice(["yn", "Yes-No", "agree", "地区", "l.1", "2x"]) + str(number)
            choices = []
            for index in range(self.random.randint(1, 6)):
                spelt = self.random.choice([index, float(index), f"c{index}", f"选{index}", f"{index}"])
                choices.append({"list_name": name, "name": spelt, **self.texts("label")})
            self.lists[name] = choices
        if self.chance(0.4):
            self.extra = ["region", "Kind"]
            for choices in self.lists.values():
                for choice in choices:
                    choice["region"] = self.random.choice(["north", "south", 1, 2.0])
                    if self.chance(0.5):
                        choice["Kind"] = self.random.choice(["a", "b"])

    def condition(self) -> str:
        name = self.random.choice(self.names)
        return self.random.choice(
            [
                f"${{{name}}} = 'a'",
                f"selected(${{{name}}}, 'c1')",
                f"not(${{{name}}}  >  3) and ${{{name}}} != ''",
                f"if(${{{name}}} = 1, true(), false())",
                f"string-length(${{{name}}}) > 2 or ${{{name}}} mod 2 = 0",
            ]
        )

    def question(self) -> dict:
        kind = self.random.choice([one for one in TYPES if one not in {"start", "end", "today"}])
        name = self.name()
        spelt = self.random.choice(TYPES[kind])
        row = {"name": name, **self.texts("label")}
        if "{}" in spelt:
            listed = self.table if isinstance(self.table, str) else self.random.choice(list(self.lists))
            if self.table is True:
                self.table = listed
            spelt = spelt.format(listed)
            if self.chance(0.2):
                row["parameters"] = self.random.choice(["randomize=true", "randomize=true, seed=42", "randomize=false"])
            if self.extra and self.names and self.chance(0.4) and not self.table:
                row["choice_filter"] = f"region = ${{{self.random.choice(self.names)}}}"
        if kind == "range":
            row["parameters"] = self.random.choice(["start=0 end=10 step=1", "Start=1; End=5", "", "start=0,end=1,step=0.5"])
        if kind == "calculate":
            row["calculation"] = self.random.choice(["1 + 1", "today()", *([self.condition()] if self.names else [])])
        if kind not in {"calculate", "note", "hidden"}:
            self.rules(row, kind)
        if self.names and self.chance(0.25):
            row["relevant"] = self.condition()
        if self.chance(0.2) and kind != "hidden":
            row |= self.texts("hint")
        if self.chance(0.1) and kind not in {"calculate", "hidden"}:
            row |= self.texts("guidance_hint")
        row["type"] = spelt
        if kind == "note" and spelt == "note" and self.chance(0.3):
            del row["name"]
        elif not kind == "note":
            self.names.append(name)
        self.kinds[name] = kind
        return row

    def rules(self, row: dict, kind: str) -> None:
        if self.chance(0.3):
            row["required"] = self.random.choice(["yes", "true()", True, "TRUE", "no", False, "Yes"])
            if self.chance(0.5):
                row |= self.texts("required_message")
        if kind in {"integer", "decimal"} and self.chance(0.4):
            row["constraint"] = self.random.choice([". >= 0 and . < 120", ".>0", "(. > 5) or (. = 0)"])
            row |= self.texts("constraint_message")
        if self.chance(0.1):
            row["read_only"] = self.random.choice(["yes", "true()", "no"])
        if kind == "integer" and self.chance(0.2):
            row["default"] = self.random.choice([3, "3", 3.0])
        if kind == "date" and self.chance(0.3):
            row["default"] = "2026-11-23"
        if kind == "text" and self.chance(0.2):
            row["default"] = "Mr"
        if kind == "text" and self.chance(0.2):
            row["appearance"] = "multiline"
        if kind == "select_one" and self.chance(0.2):
            row["appearance"] = self.random.choice(["likert", "minimal"])

    def block(self, depth: int) -> None:
        for _ in range(self.random.randint(1, 5)):
            if depth < 3 and self.chance(0.2) and not self.table:
                name = self.name()
                self.kinds[name] = "group"
                row = {"type": self.random.choice(["begin group", "begin_group"]), "name": name}
                if self.chance(0.7):
                    row |= self.texts("label")
                if self.names and self.chance(0.3):
                    row["relevant"] = self.condition()
                if self.chance(0.15):
                    row["appearance"] = "table-list"
                    self.table = True
                self.rows.append(row)
                self.block(depth + 1)
                end = {"type": self.random.choice(["end group", "end_group"])}
                if self.chance(0.3):
                    end["name"] = name
                self.rows.append(end)
                if row.get("appearance"):
                    self.table = False
            else:
                self.rows.append(self.question())
            if self.chance(0.05):
                self.rows += [{}] * self.random.choice([1, 3, 25])

    def write(self, plant: str | None) -> bytes:
        self.make_lists()
        for kind in ["start", "end", "today"]:
            if self.chance(0.3):
                self.rows.append({"type": self.random.choice(TYPES[kind]), "name": kind})
                self.kinds[kind] = kind
        self.rows.append(self.question())
        self.block(0)
        self.rows.append({"type": "text", "name": "last", **self.texts("label")})
        self.choose_settings()
        if plant:
            getattr(self, "plant_" + plant)()
        return self.workbook()

    def choose_settings(self) -> None:
        if self.chance(0.7):
            self.settings["form_title"] = self.random.choice(["Household survey", "入户调查", 2026])
            self.settings["form_id"] = self.random.choice(["hh_2026", "form 1", "调查"])
        if self.chance(0.5):
            self.settings["version"] = self.random.choice(["v1", 20261128, 1.0, "2026-11-28"])
        if self.languages and self.chance(0.6):
            self.settings["default_language"] = self.random.choice(self.languages)
        if self.chance(0.1):
            self.settings["clean_text_values"] = self.random.choice(["no", "yes", True])
        if self.chance(0.1):
            self.settings["style"] = "theme-grid"

    # What this program leaves out with a warning, refuses, or what every tool refuses

    def insert(self, row: dict, fate: str) -> None:
        self.rows.insert(len(self.rows) - 1, row)
        self.planted.append({"fate": fate, "sheet": "survey", "row": len(self.rows)})

    def change(self, fate: str, **cells) -> None:
        self.rows[-1] |= cells
        self.planted.append({"fate": fate, "sheet": "survey", "row": len(self.rows) + 1})

    def plant_device(self) -> None:
        kind = self.random.choice(["deviceid", "phonenumber", "username", "email", "simserial", "get device id", "imei"])
        self.insert({"type": kind, "name": "dev"}, "warned")

    def plant_audit(self) -> None:
        self.insert({"type": "audit"}, "warned")

    def plant_media(self) -> None:
        self.change("warned", **{"image": "a.png"})

    def plant_media_translated(self) -> None:
        self.change("warned", **{"audio::English (en)": "a.mp3"})

    def plant_unknown_column(self) -> None:
        self.change("warned", **{self.random.choice(["remarks", "bind::esri:fieldLength", "Internal notes", "intent"]): "x"})

    def plant_unknown_appearance(self) -> None:
        self.change("warned", appearance=self.random.choice(["w4", "numbers", "thousands-sep multiline"]))

    def plant_field_list(self) -> None:
        self.rows += [{"type": "begin group", "name": "fl", "appearance": "field-list"}, {"type": "end group"}]
        self.planted.append({"fate": "warned", "sheet": "survey", "row": len(self.rows)})

    def plant_or_other(self) -> None:
        listed = self.random.choice(list(self.lists))
        other = self.random.choice(["or_other", "or other", "or specify other"])
        self.insert({"type": f"select_one {listed} {other}", "name": "oo", **self.texts("label")}, "warned")

    def plant_remark_row(self) -> None:
        self.insert({"hint" if not self.languages else f"hint::{self.languages[0]}": "only a remark"}, "warned")

    def plant_disabled(self) -> None:
        self.insert({"type": "text", "name": "off", "disabled": "yes", **self.texts("label")}, "warned")

    def plant_useless_part(self) -> None:
        self.insert({"type": "note", "name": "n_", "required": "yes", **self.texts("label")}, "warned")

    def plant_far_rows(self) -> None:
        self.rows += [{}] * 70 + [{"type": "text", "name": "far", **self.texts("label")}]
        self.planted.append({"fate": "warned", "sheet": "survey", "row": len(self.rows) + 1})

    def plant_spaced_choice_column(self) -> None:
        next(iter(self.lists.values()))[0]["my remarks"] = "x"
        self.extra.append("my remarks")
        self.planted.append({"fate": "warned", "sheet": "choices", "row": 2})

    def plant_repeat(self) -> None:
        self.insert({"type": "begin repeat", "name": "rep", **self.texts("label")}, "refused")
        self.insert({"type": "text", "name": "rep_q", **self.texts("label")}, "")
        self.insert({"type": "end repeat"}, "")

    def plant_place(self) -> None:
        kind = self.random.choice(["geopoint", "geotrace", "geoshape", "gps", "q location"])
        self.insert({"type": kind, "name": "place", **self.texts("label")}, "refused")

    def plant_recording(self) -> None:
        kind = self.random.choice(["image", "audio", "video", "barcode", "file", "photo"])
        self.insert({"type": kind, "name": "rec", **self.texts("label")}, "refused")

    def plant_from_file(self) -> None:
        kind = self.random.choice(["select_one_from_file a.csv", "select_multiple_from_file b.xml"])
        self.insert({"type": kind, "name": "ff", **self.texts("label")}, "refused")

    def plant_pulldata(self) -> None:
        self.insert({"type": "calculate", "name": "pd", "calculation": "pulldata('a', 'b', 'c', ${last})"}, "refused")

    def plant_search(self) -> None:
        listed = next(iter(self.lists))
        row = {"type": f"select_one {listed}", "name": "se", "appearance": "minimal search('a')", **self.texts("label")}
        self.insert(row, "refused")

    def plant_curly(self) -> None:
        self.change("refused", relevant="'x' = ‘a’")

    def plant_trigger(self) -> None:
        self.insert({"type": "text", "name": "t0", **self.texts("label")}, "")
        row = {"type": "calculate", "name": "tr", "calculation": "1", "trigger": "${t0}"}
        self.insert(row, "refused")

    def plant_computed_default(self) -> None:
        self.insert({"type": "date", "name": "dd", "default": "today()", **self.texts("label")}, "refused")

    def plant_public_key(self) -> None:
        self.settings[self.random.choice(["public_key", "submission_url"])] = "x"
        self.planted.append({"fate": "refused", "sheet": "settings", "row": 2})

    def plant_twice_in_groups(self) -> None:
        for group in ["g_a", "g_b"]:
            self.rows += [
                {"type": "begin group", "name": group},
                {"type": "text", "name": "same", **self.texts("label")},
                {"type": "end group"},
            ]
        self.planted.append({"fate": "refused", "sheet": "survey", "row": len(self.rows)})

    def plant_earlier_answers(self) -> None:
        self.insert({"type": "select_one ${last}", "name": "ea", **self.texts("label")}, "refused")

    def plant_bad_name(self) -> None:
        self.insert({"type": "text", "name": self.random.choice(["1a", "a b", "a/b", "-x", "ä ö"]), **self.texts("label")}, "broken")

    def plant_same_name(self) -> None:
        self.insert({"type": "text", "name": "last", **self.texts("label")}, "broken")
        self.planted[-1]["row"] += 1

    def plant_no_name(self) -> None:
        self.insert({"type": "integer", **self.texts("label")}, "broken")

    def plant_no_type(self) -> None:
        self.insert({"name": "nt", **self.texts("label")}, "broken")

    def plant_unknown_type(self) -> None:
        kind = self.random.choice(["Text", "texte", "SELECT_ONE x", "begin  loop", "numeric"])
        self.insert({"type": kind, "name": "ut", **self.texts("label")}, "broken")

    def plant_no_label(self) -> None:
        self.insert({"type": "text", "name": "nl"}, "broken")

    def plant_missing_list(self) -> None:
        self.insert({"type": "select_one nowhere", "name": "ml", **self.texts("label")}, "broken")

    def plant_spaced_choice(self) -> None:
        name = next(iter(self.lists))
        self.lists[name].append({"list_name": name, "name": "two words", **self.texts("label")})
        self.insert({"type": f"select_multiple {name}", "name": "sc", **self.texts("label")}, "")
        self.planted.append({"fate": "broken", "sheet": "choices", "row": None})

    def plant_same_choice(self) -> None:
        name = next(iter(self.lists))
        self.lists[name] += [{"list_name": name, "name": "dup", **self.texts("label")}] * 2
        self.planted.append({"fate": "broken", "sheet": "choices", "row": None})

    def plant_same_choice_allowed(self) -> None:
        name = next(iter(self.lists))
        self.lists[name] += [{"list_name": name, "name": "dup", **self.texts("label")}] * 2
        self.settings["allow_choice_duplicates"] = self.random.choice(["yes", True, "TRUE"])

    def plant_unnamed_choice(self) -> None:
        name = next(iter(self.lists))
        self.lists[name].append({"list_name": name, **self.texts("label")})
        self.planted.append({"fate": "broken", "sheet": "choices", "row": None})

    def plant_open_group(self) -> None:
        self.rows.append({"type": "begin group", "name": "og"})
        self.planted.append({"fate": "broken", "sheet": "survey", "row": len(self.rows) + 1})

    def plant_lone_end(self) -> None:
        self.rows.append({"type": "end group"})
        self.planted.append({"fate": "broken", "sheet": "survey", "row": len(self.rows) + 1})

    def plant_wrong_end(self) -> None:
        self.rows += [{"type": "begin group", "name": "we"}, {"type": "end repeat"}]
        self.planted.append({"fate": "broken", "sheet": "survey", "row": len(self.rows) + 1})

    def plant_unknown_reference(self) -> None:
        self.change("broken", relevant="${nobody} = 1")

    def plant_unknown_reference_in_label(self) -> None:
        column = "label" if not self.languages else f"label::{self.languages[0]}"
        self.change("broken", **{column: "Hello ${nobody}"})

    def plant_open_reference(self) -> None:
        column = "label" if not self.languages else f"label::{self.languages[0]}"
        self.change("broken", **{column: "Hello ${last"})

    def plant_no_calculation(self) -> None:
        self.insert({"type": "calculate", "name": "nc"}, "broken")

    def plant_parameters(self) -> None:
        listed = next(iter(self.lists))
        wrong = self.random.choice(["randomize", "randomize=maybe", "seed=3", "shuffle=true", "randomize=true, seed=x"])
        self.insert({"type": f"select_one {listed}", "name": "pa", "parameters": wrong, **self.texts("label")}, "broken")

    def plant_range(self) -> None:
        wrong = self.random.choice(["start=a", "step=0", "start=0 end=3 step=5", "from=1"])
        self.insert({"type": "range", "name": "ra", "parameters": wrong, **self.texts("label")}, "broken")

    def plant_or_other_filter(self) -> None:
        listed = next(iter(self.lists))
        row = {"type": f"select_one {listed} or_other", "name": "of", "choice_filter": "1 = 1", **self.texts("label")}
        self.insert(row, "broken")

    def plant_same_column(self) -> None:
        self.change("broken", relevance="1 = 1", relevant="1 = 1")
        self.planted[-1]["row"] = 1

    # The file

    def columns(self, rows: list[dict], first: list[str]) -> list[str]:
        found = dict.fromkeys(column for row in rows for column in row)
        rest = [column for column in found if column not in first]
        if self.chance(0.5):
            self.random.shuffle(rest)
        # pyxform forgets the translations that stand left of a column without a language.
        rest.sort(key=lambda column: "::" in column)
        return first + rest

    def sheet(self, rows: list[dict], first: list[str], keeps: set[str]) -> Sheet:
        sheet = Sheet(self.columns(rows, first))
        sheet.rows = rows
        has_two = any("::" in column for column in sheet.columns)
        single = has_two and self.chance(0.2) and not any(column.startswith("bind::esri") for column in sheet.columns)
        for column in sheet.columns:
            stem, *rest = column.split("::")
            title = stem
            if stem not in keeps and stem in ALIASES and self.chance(0.4):
                options = [one for one in ALIASES[stem] if not (single and "::" in one)]
                if not has_two:
                    options = [one.replace("::", ":") for one in options]
                title = self.random.choice(options)
            sheet.titles[column] = (":" if single else "::").join([title, *rest])
        return sheet

    def workbook(self) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.active)
        kept = {"relevant", "relevance"} if any("relevance" in row for row in self.rows) else set()
        sheets = {"survey": self.sheet(self.rows, ["type", "name"], kept)}
        choices = [choice for one in self.lists.values() for choice in one]
        sheets["choices"] = self.sheet(choices, ["list_name", "name"], set())
        if self.settings:
            sheets["settings"] = self.sheet([self.settings], [], set())
        if self.is_disturbed:
            disturb(self, sheets)
        names = list(sheets)
        self.random.shuffle(names)
        for name in names:
            spelt = self.random.choice([name, name, name.capitalize(), name.upper()])
            sheets[name].write(book.create_sheet(spelt))
        if self.chance(0.1):
            book.create_sheet("notes").append(["for the team"])
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()


ODDITIES = [
    None, "", " ", "yes", "no", True, False, "TRUE", "true()", 0, 1, -1, 2.5, 1.0, 1e10, "1.0", "x", "a b", "last", "q1", "甲",
    "select_one yn", "select_one  yn", "select_multiple", "text", "text ", "Text", "integer", "note", "begin group", "end group",
    "begin_group", "end_group x", "calculate", "range", "start", "deviceid", "audit", "geopoint", "image", "acknowledge",
    "${last}", "${last} = 1", "${nobody}", "${last", "$last", "{last}", "1 +", "(", "'", '"', "“", ". > 1", "..", "../x", "a/b",
    "selected(${last}, 'a')", "today()", "now() > 3", "uuid()", "once(1)", "position(..)", "a:b", "-", "start=1", "start=1 end=",
    "randomize=true", "Randomize = True", "seed=1", "label", "minimal", "search('x')", "field-list", "table-list", "other", "meta",
    "data", "name", "=1+1", "+1", "@", "a\nb", "a\u00a0b", "a\u3000b", "\u3000", "é", "e\u0301", "😀", "#N/A", "2026-11-28",
    datetime.datetime(2026, 11, 28), datetime.time(8, 5), "08:05", "a.csv", "select_one a.csv", "rank yn or_other", "English (en)",
]
HEADINGS = [
    "label", "Label", "label::English (en)", "label:English (en)", "label::", "hint::default", "name", "type", "list_name",
    "relevant::x", "bind::required", "bind:required", "required", "media::image", "image", "trigger", "save_to", "disabled",
    "appearance", "control:appearance", "default", "remarks", "a b", "1", "my-col", "label::a::b", "constraint message", "TYPE",
    "choice filter", "read only", "calculate", "repeat_count", "parameters", "version", "form_id", "public_key",
]


def disturb(author: Author, sheets: dict[str, Sheet]) -> None:
    """Changes a few cells, headings and rows into anything at all."""
    for _ in range(author.random.randint(1, 3)):
        name = author.random.choice(list(sheets))
        sheet = sheets[name]
        match author.random.randint(0, 9):
            # Settings that this program has no use for are not checked by it.
            case 0 | 1 if name == "settings":
                pass
            case 0:
                sheet.titles[author.random.choice(sheet.columns)] = author.random.choice(HEADINGS)
            case 1:
                title = author.random.choice(HEADINGS)
                column = f"added {title}"
                sheet.columns.append(column)
                sheet.titles[column] = title
                author.random.choice(sheet.rows)[column] = author.random.choice(ODDITIES)
            case 2:
                sheet.rows.remove(author.random.choice(sheet.rows)) if len(sheet.rows) > 1 else None
            case 3:
                sheet.rows.insert(author.random.randint(0, len(sheet.rows)), dict(author.random.choice(sheet.rows)))
            case _:
                row, column = author.random.choice(sheet.rows), author.random.choice(sheet.columns)
                row[column] = author.random.choice(ODDITIES)


PLANTS = sorted(name.removeprefix("plant_") for name in dir(Author) if name.startswith("plant_"))


def generated(seed: int, count: int) -> list[dict]:
    cases = []
    for number in range(count):
        # Half of them have nothing wrong; the others take what may be wrong in turn.
        plant = PLANTS[number // 2 % len(PLANTS)] if number % 2 else None
        author = Author(seed + number)
        workbook = author.write(plant)
        planted = [one for one in author.planted if one["fate"]]
        cases.append(case(f"{seed + number} {plant or 'plain'}", workbook, planted))
    return cases


def disturbed(seed: int, count: int) -> list[dict]:
    cases = []
    for number in range(count):
        author = Author(seed + number)
        author.is_disturbed = True
        cases.append(case(f"{seed + number} disturbed", author.write(None), []))
    return cases


# The example forms of pyxform ----------------------------------------------------------------------------------------


def as_xlsx(path: str) -> bytes:
    """The cells of a workbook in the old format, as one in the new."""
    old = xlrd.open_workbook(path)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in old.sheets():
        new = book.create_sheet(sheet.name)
        for row in range(sheet.nrows):
            for column in range(sheet.ncols):
                cell = sheet.cell(row, column)
                value = cell.value
                if cell.ctype == xlrd.XL_CELL_DATE:
                    value = xlrd.xldate_as_datetime(value, old.datemode)
                elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
                    value = bool(value)
                if cell.ctype not in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR} and value != "":
                    new.cell(row + 1, column + 1, value)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def examples() -> list[dict]:
    """The forms that an old release of pyxform carries with its source; nothing of them is kept here."""
    cases = []
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", "pyxform", "--dest", folder]
        subprocess.run([*pip, EXAMPLES], check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(glob.glob(folder + "/*.tar.gz")[0]) as archive:
            for member in archive:
                # Written under its own name alone, so that no path in the archive leads elsewhere.
                if member.isfile() and "/pyxform/tests/" in member.name and member.name.endswith((".xls", ".xlsx")):
                    with open(f"{folder}/{os.path.basename(member.name)}", "wb") as file:
                        file.write(archive.extractfile(member).read())
        for path in sorted(glob.glob(folder + "/*.xls*")):
            if path.endswith(".xls"):
                workbook = as_xlsx(path)
            else:
                with open(path, "rb") as file:
                    workbook = file.read()
            cases.append(case(os.path.basename(path), workbook, []))
    return cases


def main() -> None:
    asked = json.load(sys.stdin)
    json.dump(
        {
            "generated": generated(asked["seed"], asked["generated"]),
            "disturbed": disturbed(asked["seed"], asked["disturbed"]),
            "examples": examples() if asked["examples"] else [],
            "answers": [answer(base64.b64decode(workbook)) for workbook in asked["workbooks"]],
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
