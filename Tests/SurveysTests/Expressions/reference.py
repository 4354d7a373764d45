"""What libxml2, through lxml, makes of the expressions of XPath 1.0 that the Swift tests send; JSON in, JSON out."""

import json
import sys

from lxml import etree


def written(value: object) -> object:
    # JSON has no infinity and nothing that is no number.
    return {"number": repr(value)} if isinstance(value, float) else value if isinstance(value, bool) else str(value)


asked = json.load(sys.stdin)
root = etree.XML("<r/>")
json.dump([written(etree.XPath(source)(root, **asked["variables"])) for source in asked["expressions"]], sys.stdout)
