"""Writes what Python's own str.format makes of templates: python3 format-cases.py > format-cases.json"""

import json
import random
import sys

VALUES = {"INPUT_PROMPT": "Why {does} it 'rain'?\n\u00e9\u4e16\U0001f600", "OUTPUT_RESPONSE": 'Because {0} "clouds"\t\\'}
PARTS = [
    "{INPUT_PROMPT}", "{OUTPUT_RESPONSE}", "{INPUT_PROMPT!r}", "{OUTPUT_RESPONSE!s}", "{INPUT_PROMPT!a}",
    "{OUTPUT_RESPONSE:>60}", "{OUTPUT_RESPONSE:*^55s}", "{INPUT_PROMPT:.5}", "{INPUT_PROMPT:_<40.7s}", "{INPUT_PROMPT:030}",
    "{INPUT_PROMPT!r:>80}", "{INPUT_PROMPT[0]}", "{OUTPUT_RESPONSE[3]}", "{{", "}}", "{{}}", "{{INPUT_PROMPT}}",
    "{", "}", "{{{INPUT_PROMPT}}}", ": ", "!", "[", "]", "text ", "\n", "{{\"score\": 4}}", "\u00e9", "{INPUT_PROMPT:}",
    "{INPUT_PROMPT!r:}", "{INPUT_PROMPT!", "{INPUT_PROMPT", "{INPUT_PROMPT:{{", "{INPUT_PROMPT[0}",
]

random.seed(7)
cases = []
for _ in range(600):
    template = "".join(random.choice(PARTS) for _ in range(random.randint(1, 5)))
    try:
        cases.append({"template": template, "text": template.format(**VALUES)})
    except ValueError:
        cases.append({"template": template, "text": None})
    except (KeyError, IndexError, TypeError, AttributeError):
        pass
json.dump({"values": VALUES, "cases": cases}, sys.stdout, ensure_ascii=True, indent=0)
print()
