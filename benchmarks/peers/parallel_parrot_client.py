"""Asks the benchmark's server by parallel-parrot 0.9: python parallel_parrot_client.py URL CALLS IN_FLIGHT"""

import sys

import parallel_parrot as pp
from parallel_parrot import openai_api

url, calls, in_flight = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
# It has no setting for either: the address is OpenAI's, the number in flight what the limits of files allow.
openai_api.OPENAI_CHAT_COMPLETIONS_URL = f"{url}/v1/chat/completions"
openai_api.MAX_NUM_CONCURRENT_REQUESTS = in_flight

rows = [{"number": number} for number in range(calls)]
output, _ = pp.run_async(
    pp.parallel_text_generation(
        config=pp.OpenAIChatCompletionConfig(openai_api_key="none", model="bench", temperature=0.0),
        input_data=rows,
        prompt_template="What is the answer to question number ${number}?",
        output_key="answer",
    )
)
answered = sum(1 for row in output if row["answer"] == "The answer is 42.")
if answered != calls:
    sys.exit(f"{answered} of {calls} calls were answered")
