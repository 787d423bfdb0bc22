"""Writes reference-values.json: scores by sacrebleu and rouge-score, to which those here are compared.

python -m venv venv && venv/bin/pip install sacrebleu==2.6.0 rouge-score==0.1.2
venv/bin/python src/scorers/reference-values.py
"""

import json
import random
from pathlib import Path

import sacrebleu
from rouge_score import rouge_scorer

random.seed(15)
WORDS = (
    "the a cat sat on mat quick brown fox jumps over lazy dog 3.14 1,000 U.S. don't state-of-the-art "
    "10-20 hello, world! (yes) [no] {maybe} \"quoted\" a/b 50% $5 e.g. #1 x=y <skipped> &amp; &lt;b&gt; "
    "Paris is of France capital é ñandú Größe Москва 東京 😀 naïve\u00a0space tab\there line\nbreak hy-\nphen ... ,"
).split(" ")
ASCII = [word for word in WORDS if word.isascii() and "\n" not in word and "\t" not in word]


def text(words, least, most):
    return " ".join(random.choice(words) for _ in range(random.randint(least, most)))


def near(words, reference):
    out = []
    for word in reference.split(" "):
        roll = random.random()
        if roll < 0.7:
            out.append(word)
        elif roll < 0.85:
            out.append(random.choice(words))
    return " ".join(out)


def case(hypothesis, references):
    bleu = sacrebleu.sentence_bleu(hypothesis, references, use_effective_order=True).score / 100
    chrf = sacrebleu.sentence_chrf(hypothesis, references).score / 100
    return {"text": hypothesis, "expected": references, "bleu": bleu, "chrf": chrf}


cases = [
    case("", ["a reference"]),
    case("a", ["a"]),
    case("a b c d e", ["a b c d e"]),
    case("completely different", ["nothing in common here"]),
    case("  spaces  around \n", ["spaces around"]),
    case("one two", ["one"]),
    case("1.5 is 1,500.", ["1.5 is 1,500 ."]),
    case("the the the the the the the", ["the cat is on the mat", "there is a cat on the mat"]),
    case("ab", ["abcdefgh"]),
    case("abcdefgh", ["ab"]),
    case("punctuation,only.here-", ["punctuation , only . here -"]),
]
for _ in range(120):
    reference = text(WORDS, 1, 25)
    cases.append(case(near(WORDS, reference), [reference]))
for _ in range(40):
    references = [text(WORDS, 3, 15) for _ in range(random.randint(2, 3))]
    cases.append(case(near(WORDS, references[0]), references))

single = [one for one in cases if len(one["expected"]) == 1]
texts = [one["text"] for one in single]
streams = [[one["expected"][0] for one in single]]
corpus = {
    "bleu": sacrebleu.corpus_bleu(texts, streams).score / 100,
    "chrf": sacrebleu.corpus_chrf(texts, streams).score / 100,
}

scorer = rouge_scorer.RougeScorer(["rougeL"], use_stemmer=False)
rouge = []
for _ in range(80):
    reference = text(ASCII, 1, 60)
    hypothesis = near(ASCII, reference)
    f1 = scorer.score(reference, hypothesis)["rougeL"].fmeasure
    rouge.append({"text": hypothesis, "expected": [reference], "f1": f1})

values = {"sentences": cases, "corpus": corpus, "rougeL": rouge}
path = Path(__file__).with_suffix(".json")
path.write_text(json.dumps(values, ensure_ascii=True, indent=1) + "\n")
