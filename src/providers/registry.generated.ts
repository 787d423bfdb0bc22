// Written by `npm run generate` from the provider folders and the table of services.
import type { Provider } from './provider.ts';
import type { ProviderDescription } from './provider-description.ts';

/** Loads the code of the providers that have some; the others are rows of the services table. */
export const PROVIDER_LOADERS: Readonly<Record<string, () => Promise<{ readonly provider: Provider }>>> = {
  "anthropic": () => import('./anthropic/index.ts'),
  "azure-openai": () => import('./azure-openai/index.ts'),
  "gemini": () => import('./gemini/index.ts'),
  "mistral": () => import('./mistral/index.ts'),
  "ollama": () => import('./ollama/index.ts'),
  "openai": () => import('./openai/index.ts'),
  "openai-compatible": () => import('./openai-compatible/index.ts'),
  "openai-responses": () => import('./openai-responses/index.ts'),
  "quart": () => import('./quart/index.ts'),
  "vertexai": () => import('./vertexai/index.ts'),
};

const STRUCTURED_1: ProviderDescription['structured'] = {
  "levels": [
    "json_schema",
    "json_object",
    "prompt"
  ],
  "parameters": [
    "response_format"
  ]
};
const EMBEDDINGS_1: ProviderDescription['embeddings'] = {
  "maxTexts": 2048
};
const STRUCTURED_2: ProviderDescription['structured'] = {
  "levels": [
    "json_schema",
    "json_object",
    "prompt"
  ],
  "parameters": [
    "responseMimeType",
    "response_mime_type",
    "generationConfig.responseMimeType",
    "generation_config.responseMimeType",
    "responseSchema",
    "response_schema",
    "generationConfig.responseSchema",
    "generation_config.responseSchema",
    "responseJsonSchema",
    "response_json_schema",
    "generationConfig.responseJsonSchema",
    "generation_config.responseJsonSchema"
  ]
};
const MESSAGES_1: ProviderDescription['messages'] = {
  "system": {
    "textIn": [
      "content",
      "parts"
    ],
    "keysBesideText": false
  }
};
const MEDIA_1: ProviderDescription['media'] = {
  "form": "openai-chat",
  "kinds": {
    "image": {
      "addresses": [
        "https",
        "http"
      ]
    },
    "audio": {
      "addresses": []
    },
    "document": {
      "types": [
        "application/pdf"
      ],
      "addresses": []
    },
    "video": {
      "addresses": [
        "https",
        "http"
      ]
    }
  }
};
const STRUCTURED_3: ProviderDescription['structured'] = {
  "levels": [
    "json_schema",
    "json_object",
    "prompt"
  ],
  "parameters": [
    "response_format",
    "guided_json",
    "guided_regex",
    "guided_choice",
    "guided_grammar",
    "structured_outputs",
    "json_schema",
    "grammar"
  ]
};

/** Every provider, as data that is cheap to import. */
export const PROVIDERS: readonly ProviderDescription[] = [
  {
    "name": "anthropic",
    "label": "Anthropic",
    "keyVariables": [
      "ANTHROPIC_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "ANTHROPIC_BASE_URL"
    ],
    "defaultBaseUrl": "https://api.anthropic.com/v1",
    "note": "The API demands `max_tokens`: unless `parameters` has it, the model's largest output is sent where it is known, else 4096.",
    "media": {
      "form": "anthropic",
      "kinds": {
        "image": {
          "types": [
            "image/jpeg",
            "image/png",
            "image/gif",
            "image/webp"
          ],
          "addresses": [
            "https",
            "http"
          ]
        },
        "document": {
          "types": [
            "application/pdf"
          ],
          "addresses": [
            "https",
            "http"
          ]
        }
      },
      "largestRequestBytes": 32000000
    },
    "structured": {
      "levels": [
        "json_schema",
        "prompt"
      ],
      "parameters": [
        "output_config.format",
        "output_format"
      ]
    },
    "messages": {
      "system": {
        "textIn": [
          "content"
        ],
        "keysBesideText": true
      },
      "lastAssistantEndsInText": true
    },
    "severalChoices": false,
    "completionMode": false
  },
  {
    "name": "azure-openai",
    "label": "Azure OpenAI",
    "unlikePrompto": [
      {
        "rows": "all",
        "unlessSet": [
          "AZURE_OPENAI_API_VERSION"
        ],
        "says": "api-version is 2024-10-21 (prompto: 2024-02-01); AZURE_OPENAI_API_VERSION sets another one"
      }
    ],
    "keyVariables": [
      "AZURE_OPENAI_API_KEY",
      "AZURE_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "AZURE_OPENAI_API_ENDPOINT",
      "AZURE_OPENAI_ENDPOINT",
      "AZURE_OPENAI_BASE_URL"
    ],
    "defaultBaseUrl": null,
    "note": "The model is the name of a deployment. An address that ends in `/openai/v1` is asked without `api-version`.",
    "idInPath": true,
    "structured": STRUCTURED_1,
    "embeddings": EMBEDDINGS_1,
    "media": {
      "form": "openai-chat",
      "kinds": {
        "image": {
          "types": [
            "image/jpeg",
            "image/png",
            "image/webp",
            "image/gif"
          ],
          "addresses": [
            "https",
            "http"
          ]
        },
        "audio": {
          "types": [
            "audio/wav",
            "audio/mpeg"
          ],
          "addresses": []
        }
      }
    },
    "extraVariables": [
      {
        "name": "AZURE_OPENAI_API_VERSION",
        "setting": "apiVersion",
        "defaultValue": "2024-10-21"
      }
    ],
    "severalChoices": true,
    "completionMode": true
  },
  {
    "name": "gemini",
    "label": "Google Gemini",
    "unlikePrompto": [
      {
        "rows": "without_safety_filter",
        "says": "without safety_filter none is sent, and the API decides (prompto sends \"default\", which blocks what is medium and above)"
      }
    ],
    "keyVariables": [
      "GEMINI_API_KEY",
      "GOOGLE_API_KEY",
      "GOOGLE_GENERATIVE_AI_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "GEMINI_BASE_URL",
      "GOOGLE_GEMINI_BASE_URL"
    ],
    "defaultBaseUrl": "https://generativelanguage.googleapis.com/v1beta",
    "note": "Parameters go into `generationConfig`, in either spelling (`max_output_tokens`, `maxOutputTokens`); `safety_filter` is understood.",
    "idInPath": true,
    "media": {
      "form": "gemini",
      "kinds": {
        "image": {
          "types": [
            "image/png",
            "image/jpeg",
            "image/webp",
            "image/heic",
            "image/heif"
          ],
          "addresses": [
            "https",
            "http",
            "gs"
          ]
        },
        "audio": {
          "types": [
            "audio/wav",
            "audio/mpeg",
            "audio/aiff",
            "audio/aac",
            "audio/ogg",
            "audio/flac",
            "audio/mp4"
          ],
          "addresses": [
            "https",
            "http",
            "gs"
          ]
        },
        "video": {
          "types": [
            "video/mp4",
            "video/mpeg",
            "video/quicktime",
            "video/x-msvideo",
            "video/x-flv",
            "video/webm",
            "video/x-ms-wmv",
            "video/3gpp"
          ],
          "addresses": [
            "https",
            "http",
            "gs"
          ]
        },
        "document": {
          "types": [
            "application/pdf"
          ],
          "addresses": [
            "https",
            "http",
            "gs"
          ]
        }
      },
      "uploadsAboveBytes": 20000000,
      "storedUnder": "https://generativelanguage.googleapis.com/v1beta/"
    },
    "structured": STRUCTURED_2,
    "embeddings": {
      "maxTexts": 100
    },
    "messages": MESSAGES_1,
    "severalChoices": true,
    "completionMode": false
  },
  {
    "name": "mistral",
    "label": "Mistral",
    "keyVariables": [
      "MISTRAL_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "MISTRAL_BASE_URL"
    ],
    "defaultBaseUrl": "https://api.mistral.ai/v1",
    "media": {
      "form": "mistral",
      "kinds": {
        "image": {
          "types": [
            "image/jpeg",
            "image/png",
            "image/webp",
            "image/gif"
          ],
          "addresses": [
            "https",
            "http"
          ]
        },
        "audio": {
          "addresses": [
            "https",
            "http"
          ]
        },
        "document": {
          "types": [
            "application/pdf"
          ],
          "addresses": [
            "https",
            "http"
          ]
        }
      }
    },
    "structured": STRUCTURED_1,
    "embeddings": {
      "maxTexts": 256
    },
    "severalChoices": true,
    "completionMode": false
  },
  {
    "name": "ollama",
    "label": "Ollama",
    "unlikePrompto": [
      {
        "rows": "one_text",
        "says": "a prompt of one text goes to /api/chat (prompto: /api/generate)"
      }
    ],
    "keyVariables": [
      "OLLAMA_API_KEY"
    ],
    "keyRequired": false,
    "baseUrlVariables": [
      "OLLAMA_BASE_URL",
      "OLLAMA_API_ENDPOINT",
      "OLLAMA_HOST"
    ],
    "defaultBaseUrl": "http://127.0.0.1:11434",
    "media": {
      "form": "ollama",
      "kinds": {
        "image": {
          "addresses": []
        }
      }
    },
    "structured": {
      "levels": [
        "json_schema",
        "json_object",
        "prompt"
      ],
      "parameters": [
        "format"
      ]
    },
    "embeddings": {
      "maxTexts": null
    },
    "oneModelAtATime": {
      "exceptAt": [
        "ollama.com"
      ]
    },
    "note": "Models of one server take turns, since it loads them one after the other. Parameters go into `options`; `format`, `keep_alive`, `think` and `tools` stand beside them.",
    "severalChoices": false,
    "completionMode": false
  },
  {
    "name": "openai",
    "label": "OpenAI",
    "headerVariables": [
      {
        "name": "OPENAI_ORG_ID",
        "header": "openai-organization"
      },
      {
        "name": "OPENAI_PROJECT_ID",
        "header": "openai-project"
      }
    ],
    "keyVariables": [
      "OPENAI_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "OPENAI_BASE_URL",
      "OPENAI_API_BASE"
    ],
    "defaultBaseUrl": "https://api.openai.com/v1",
    "media": {
      "form": "openai-chat",
      "kinds": {
        "image": {
          "types": [
            "image/jpeg",
            "image/png",
            "image/webp",
            "image/gif"
          ],
          "addresses": [
            "https",
            "http"
          ]
        },
        "audio": {
          "types": [
            "audio/wav",
            "audio/mpeg"
          ],
          "addresses": []
        },
        "document": {
          "types": [
            "application/pdf"
          ],
          "addresses": []
        }
      }
    },
    "structured": STRUCTURED_1,
    "embeddings": EMBEDDINGS_1,
    "note": "Chat Completions; `mode: completion` asks the older Completions. `OPENAI_ORG_ID` and `OPENAI_PROJECT_ID` choose the organisation and the project.",
    "severalChoices": true,
    "completionMode": true
  },
  {
    "name": "openai-compatible",
    "label": "OpenAI-compatible server",
    "keyVariables": [
      "OPENAI_COMPATIBLE_API_KEY"
    ],
    "keyRequired": false,
    "baseUrlVariables": [
      "OPENAI_COMPATIBLE_BASE_URL"
    ],
    "defaultBaseUrl": null,
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": false,
    "completionMode": true
  },
  {
    "name": "openai-responses",
    "label": "OpenAI (Responses API)",
    "headerVariables": [
      {
        "name": "OPENAI_ORG_ID",
        "header": "openai-organization"
      },
      {
        "name": "OPENAI_PROJECT_ID",
        "header": "openai-project"
      }
    ],
    "keyVariables": [
      "OPENAI_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "OPENAI_BASE_URL",
      "OPENAI_API_BASE"
    ],
    "defaultBaseUrl": "https://api.openai.com/v1",
    "media": {
      "form": "openai-responses",
      "kinds": {
        "image": {
          "types": [
            "image/jpeg",
            "image/png",
            "image/webp",
            "image/gif"
          ],
          "addresses": [
            "https",
            "http"
          ]
        },
        "document": {
          "types": [
            "application/pdf"
          ],
          "addresses": [
            "https",
            "http"
          ]
        }
      }
    },
    "structured": {
      "levels": [
        "json_schema",
        "json_object",
        "prompt"
      ],
      "parameters": [
        "text.format"
      ]
    },
    "note": "The same account as `openai`, asked by the Responses API.",
    "severalChoices": false,
    "completionMode": false
  },
  {
    "name": "quart",
    "label": "Quart",
    "keyVariables": [],
    "keyRequired": false,
    "baseUrlVariables": [
      "QUART_API_ENDPOINT",
      "QUART_BASE_URL"
    ],
    "defaultBaseUrl": null,
    "note": "`POST ADDRESS/generate` with `text`, `model` and `options` (the parameters). Such a server has one model: its name may be left out. It is never asked for a stream.",
    "modelOptional": true,
    "messages": {
      "onlyOneText": true
    },
    "severalChoices": false,
    "completionMode": false
  },
  {
    "name": "vertexai",
    "label": "Google Vertex AI",
    "unlikePrompto": [
      {
        "rows": "without_safety_filter",
        "says": "without safety_filter none is sent, and the API decides (prompto sends \"default\", which blocks what is medium and above)"
      },
      {
        "rows": "all",
        "unlessSet": [
          "VERTEXAI_LOCATION_ID",
          "GOOGLE_CLOUD_LOCATION",
          "GOOGLE_VERTEX_LOCATION"
        ],
        "says": "the location is global (prompto: us-central1); VERTEXAI_LOCATION_ID sets another one"
      }
    ],
    "keyVariables": [
      "VERTEXAI_API_KEY",
      "GOOGLE_VERTEX_API_KEY"
    ],
    "keyRequired": false,
    "baseUrlVariables": [
      "VERTEXAI_BASE_URL",
      "GOOGLE_VERTEX_BASE_URL"
    ],
    "defaultBaseUrl": "https://aiplatform.googleapis.com/v1",
    "note": "Without a key, Google's default credentials: the file that `GOOGLE_APPLICATION_CREDENTIALS` names (a service account's, or a user's own), else that of `gcloud auth application-default login`, else the machine's metadata server. Project: `VERTEXAI_PROJECT_ID` (`GOOGLE_CLOUD_PROJECT`), else that of the credentials or of gcloud. Location: `VERTEXAI_LOCATION_ID` (`GOOGLE_CLOUD_LOCATION`), else `global`. A model is `gemini-…`, `PUBLISHER/MODEL`, `endpoints/ID` for a tuned one, or its whole `projects/…` name. Parameters as for `gemini`.",
    "idInPath": true,
    "media": {
      "form": "gemini",
      "kinds": {
        "image": {
          "types": [
            "image/png",
            "image/jpeg",
            "image/webp",
            "image/heic",
            "image/heif"
          ],
          "addresses": [
            "https",
            "http",
            "gs"
          ]
        },
        "audio": {
          "types": [
            "audio/wav",
            "audio/mpeg",
            "audio/aiff",
            "audio/aac",
            "audio/ogg",
            "audio/flac",
            "audio/mp4"
          ],
          "addresses": [
            "https",
            "http",
            "gs"
          ]
        },
        "video": {
          "types": [
            "video/mp4",
            "video/mpeg",
            "video/quicktime",
            "video/x-msvideo",
            "video/x-flv",
            "video/webm",
            "video/x-ms-wmv",
            "video/3gpp"
          ],
          "addresses": [
            "https",
            "http",
            "gs"
          ]
        },
        "document": {
          "types": [
            "application/pdf"
          ],
          "addresses": [
            "https",
            "http",
            "gs"
          ]
        }
      }
    },
    "structured": STRUCTURED_2,
    "defaultCredentials": "google",
    "messages": MESSAGES_1,
    "extraVariables": [
      {
        "name": "VERTEXAI_PROJECT_ID",
        "setting": "project"
      },
      {
        "name": "GOOGLE_CLOUD_PROJECT",
        "setting": "project"
      },
      {
        "name": "GOOGLE_VERTEX_PROJECT",
        "setting": "project"
      },
      {
        "name": "VERTEXAI_LOCATION_ID",
        "setting": "location"
      },
      {
        "name": "GOOGLE_CLOUD_LOCATION",
        "setting": "location"
      },
      {
        "name": "GOOGLE_VERTEX_LOCATION",
        "setting": "location"
      },
      {
        "name": "GOOGLE_APPLICATION_CREDENTIALS",
        "setting": "credentialsFile"
      }
    ],
    "severalChoices": true,
    "completionMode": false
  },
  {
    "name": "groq",
    "label": "Groq",
    "keyVariables": [
      "GROQ_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "GROQ_BASE_URL"
    ],
    "defaultBaseUrl": "https://api.groq.com/openai/v1",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": false,
    "completionMode": true
  },
  {
    "name": "deepseek",
    "label": "DeepSeek",
    "keyVariables": [
      "DEEPSEEK_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "DEEPSEEK_BASE_URL"
    ],
    "defaultBaseUrl": "https://api.deepseek.com",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": false,
    "completionMode": true
  },
  {
    "name": "together",
    "label": "Together AI",
    "keyVariables": [
      "TOGETHER_API_KEY",
      "TOGETHER_AI_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "TOGETHER_BASE_URL"
    ],
    "defaultBaseUrl": "https://api.together.xyz/v1",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": true,
    "completionMode": true
  },
  {
    "name": "fireworks",
    "label": "Fireworks AI",
    "keyVariables": [
      "FIREWORKS_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "FIREWORKS_BASE_URL"
    ],
    "defaultBaseUrl": "https://api.fireworks.ai/inference/v1",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": true,
    "completionMode": true
  },
  {
    "name": "cerebras",
    "label": "Cerebras",
    "keyVariables": [
      "CEREBRAS_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "CEREBRAS_BASE_URL"
    ],
    "defaultBaseUrl": "https://api.cerebras.ai/v1",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": false,
    "completionMode": true
  },
  {
    "name": "xai",
    "label": "xAI",
    "keyVariables": [
      "XAI_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "XAI_BASE_URL"
    ],
    "defaultBaseUrl": "https://api.x.ai/v1",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": true,
    "completionMode": true
  },
  {
    "name": "perplexity",
    "label": "Perplexity",
    "keyVariables": [
      "PERPLEXITY_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "PERPLEXITY_BASE_URL"
    ],
    "defaultBaseUrl": "https://api.perplexity.ai",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": false,
    "completionMode": true
  },
  {
    "name": "openrouter",
    "label": "OpenRouter",
    "keyVariables": [
      "OPENROUTER_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "OPENROUTER_BASE_URL"
    ],
    "defaultBaseUrl": "https://openrouter.ai/api/v1",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": false,
    "completionMode": true
  },
  {
    "name": "nvidia",
    "label": "NVIDIA NIM",
    "keyVariables": [
      "NVIDIA_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "NVIDIA_BASE_URL"
    ],
    "defaultBaseUrl": "https://integrate.api.nvidia.com/v1",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": false,
    "completionMode": true
  },
  {
    "name": "deepinfra",
    "label": "DeepInfra",
    "keyVariables": [
      "DEEPINFRA_API_KEY",
      "DEEPINFRA_TOKEN"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "DEEPINFRA_BASE_URL"
    ],
    "defaultBaseUrl": "https://api.deepinfra.com/v1/openai",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": false,
    "completionMode": true
  },
  {
    "name": "sambanova",
    "label": "SambaNova",
    "keyVariables": [
      "SAMBANOVA_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "SAMBANOVA_BASE_URL"
    ],
    "defaultBaseUrl": "https://api.sambanova.ai/v1",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": false,
    "completionMode": true
  },
  {
    "name": "hyperbolic",
    "label": "Hyperbolic",
    "keyVariables": [
      "HYPERBOLIC_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "HYPERBOLIC_BASE_URL"
    ],
    "defaultBaseUrl": "https://api.hyperbolic.xyz/v1",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": false,
    "completionMode": true
  },
  {
    "name": "moonshot",
    "label": "Moonshot AI",
    "keyVariables": [
      "MOONSHOT_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "MOONSHOT_BASE_URL"
    ],
    "defaultBaseUrl": "https://api.moonshot.ai/v1",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": false,
    "completionMode": true
  },
  {
    "name": "zai",
    "label": "Z.ai",
    "keyVariables": [
      "ZAI_API_KEY",
      "Z_AI_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "ZAI_BASE_URL"
    ],
    "defaultBaseUrl": "https://api.z.ai/api/paas/v4",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": false,
    "completionMode": true
  },
  {
    "name": "dashscope",
    "label": "Alibaba Model Studio",
    "keyVariables": [
      "DASHSCOPE_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "DASHSCOPE_BASE_URL"
    ],
    "defaultBaseUrl": "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": false,
    "completionMode": true
  },
  {
    "name": "novita",
    "label": "Novita AI",
    "keyVariables": [
      "NOVITA_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "NOVITA_BASE_URL"
    ],
    "defaultBaseUrl": "https://api.novita.ai/v3/openai",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": false,
    "completionMode": true
  },
  {
    "name": "cohere",
    "label": "Cohere",
    "keyVariables": [
      "COHERE_API_KEY",
      "CO_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "COHERE_BASE_URL"
    ],
    "defaultBaseUrl": "https://api.cohere.ai/compatibility/v1",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": false,
    "completionMode": true
  },
  {
    "name": "huggingface",
    "label": "Hugging Face router",
    "keyVariables": [
      "HF_TOKEN",
      "HUGGINGFACE_API_KEY"
    ],
    "keyRequired": true,
    "baseUrlVariables": [
      "HUGGINGFACE_BASE_URL"
    ],
    "defaultBaseUrl": "https://router.huggingface.co/v1",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": false,
    "completionMode": true
  },
  {
    "name": "huggingface-tgi",
    "label": "Hugging Face TGI",
    "unlikePrompto": [
      {
        "rows": "all",
        "says": "the request names the model of the row, and is a chat unless its mode is completion (prompto names \"tgi\"; its 0.2.1 completes unless the mode is chat)"
      }
    ],
    "keyVariables": [
      "HUGGINGFACE_TGI_API_KEY"
    ],
    "keyRequired": false,
    "baseUrlVariables": [
      "HUGGINGFACE_TGI_API_ENDPOINT",
      "HUGGINGFACE_TGI_BASE_URL"
    ],
    "defaultBaseUrl": null,
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": false,
    "completionMode": true
  },
  {
    "name": "lmstudio",
    "label": "LM Studio",
    "keyVariables": [
      "LMSTUDIO_API_KEY"
    ],
    "keyRequired": false,
    "baseUrlVariables": [
      "LMSTUDIO_BASE_URL"
    ],
    "defaultBaseUrl": "http://127.0.0.1:1234/v1",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": false,
    "completionMode": true
  },
  {
    "name": "vllm",
    "label": "vLLM",
    "keyVariables": [
      "VLLM_API_KEY"
    ],
    "keyRequired": false,
    "baseUrlVariables": [
      "VLLM_BASE_URL"
    ],
    "defaultBaseUrl": "http://127.0.0.1:8000/v1",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": true,
    "completionMode": true
  },
  {
    "name": "llamacpp",
    "label": "llama.cpp server",
    "keyVariables": [
      "LLAMACPP_API_KEY"
    ],
    "keyRequired": false,
    "baseUrlVariables": [
      "LLAMACPP_BASE_URL"
    ],
    "defaultBaseUrl": "http://127.0.0.1:8080/v1",
    "media": MEDIA_1,
    "structured": STRUCTURED_3,
    "embeddings": EMBEDDINGS_1,
    "severalChoices": false,
    "completionMode": true
  }
];
