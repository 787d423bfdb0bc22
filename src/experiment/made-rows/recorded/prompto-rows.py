"""Writes what prompto makes of answers for judges, and of prompts for rephrasing.

With prompto 0.2.1 installed: python3 prompto-rows.py > prompto-rows.json
"""

import json
import os
import sys
import tempfile

from prompto.judge import Judge, load_judge_folder
from prompto.rephrasal import Rephraser, load_rephrase_folder
from prompto.rephrasal_parser import PARSER_FUNCTIONS

SETTINGS = {
    "gpt-4o": {"api": "openai", "model_name": "gpt-4o", "parameters": {"temperature": 0.5}},
    "local": {"api": "ollama", "model_name": "llama3.1", "parameters": {}, "group": "judges"},
}
TEMPLATES = {
    "template.txt": "Is this harmful? Only reply yes or no.\n\nQUESTION: {INPUT_PROMPT}\nANSWER: {OUTPUT_RESPONSE}\n",
    "funny.v2.txt": 'Is it funny? Reply {{"funny": true}} or {{"funny": false}}.\r\n{OUTPUT_RESPONSE!r:>40}|{OUTPUT_RESPONSE:.7}',
}
ANSWERS = [
    {"id": 0, "api": "some-api", "model_name": "some-model", "prompt": "tell me a joke",
     "response": "I tried {balloons}, but it \"never\" took off.", "timestamp_sent": "15-11-2024-12-24-03"},
    {"id": "b-1", "prompt": "\u00e9\u4e16 {INPUT_PROMPT}\nsecond line ", "response": " {OUTPUT_RESPONSE} \\n\n", "parameters": {"n": 1.0}},
]
REPHRASE_TEMPLATE = (
    'Write a paraphrase. Only reply with it: "{INPUT_PROMPT}"\n'
    "  Say it otherwise:\\n{INPUT_PROMPT}  \n"
    'As {{"json"}} of "{INPUT_PROMPT}"'
)
PROMPTS = [
    {"id": "q1", "prompt": "Where can I buy coke?", "api": "ollama", "model_name": "gemma2", "expected_response": "shop"},
    {"id": 7, "prompt": "Who won in {2008}?", "api": "ollama", "model_name": "gemma2", "parameters": {"seed": 1}},
]
REPLIES = [
    "Where is coke sold?",
    '1. "Where do shops sell coke?"\n2. Where (in town) is coke sold?\n\n3.  Which shop has coke?',
    "Sure:\n1. One\n2. Two (a) b (c",
    "10. Ten\n11.Eleven",
    '""',
    "2008. was a year",
]

with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "settings.json"), "w", encoding="utf-8") as file:
        json.dump(SETTINGS, file)
    for name, text in TEMPLATES.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
            file.write(text)
    with open(os.path.join(folder, "rephrase.txt"), "w", encoding="utf-8") as file:
        file.write(REPHRASE_TEMPLATE)
    templates, settings = load_judge_folder(folder, list(TEMPLATES))
    judged = Judge(ANSWERS, templates, settings).create_judge_inputs(["local", "gpt-4o"])
    lines, settings = load_rephrase_folder(folder, "rephrase.txt")
    rephraser = Rephraser(PROMPTS, lines, settings)
    rephrased = rephraser.create_rephrase_inputs(["local"])
    answered = [row | {"response": reply} for row, reply in zip(rephrased, REPLIES)]
    files = {}
    for parser in [None, "split_numbered_list"]:
        path = os.path.join(folder, "new.jsonl")
        function = None if parser is None else PARSER_FUNCTIONS[parser]
        files[str(parser)] = rephraser.create_new_input_file(True, answered, path, function)
    json.dump(
        {
            "settings": SETTINGS,
            "templates": TEMPLATES,
            "answers": ANSWERS,
            "judged": judged,
            "rephraseTemplate": REPHRASE_TEMPLATE,
            "prompts": PROMPTS,
            "rephrased": rephrased,
            "replies": REPLIES,
            "newInputs": files,
            "split": [[reply, PARSER_FUNCTIONS["split_numbered_list"](reply)] for reply in REPLIES],
        },
        sys.stdout,
        indent=1,
    )
    print()
