"""Writes src/chiron_client/models.py from docs/openapi.json; `--check` only says whether it is what would be written.

The interface describes every reply in place. Here those that the client hands out get a name, and datamodel-code-generator
(pinned below; pip install datamodel-code-generator==0.89.0) makes pydantic models of them.
"""

import copy
import difflib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
OPENAPI = HERE / "../../docs/openapi.json"
MODELS = HERE / "src/chiron_client/models.py"

#: Model name: method, path, and the way into the body or reply; `[]` is an array's items.
NAMED = {
    "Policy": ("post", "/api/policies", "reply"),
    "PolicyVersion": ("post", "/api/policies/{policyId}/versions", "reply"),
    "Suite": ("get", "/api/suites/{suiteId}", "reply"),
    "Rollout": ("get", "/api/rollouts", "reply items []"),
    "Leaderboard": ("get", "/api/suites/{suiteId}/versions/{version}/leaderboard", "reply"),
    "Deployment": ("post", "/api/deployments", "reply"),
    "Validity": ("get", "/api/suites/{suiteId}/versions/{version}/validity", "reply"),
    "RolloutDetail": ("get", "/api/rollouts/{rolloutId}", "reply"),
}


def schema_of(openapi: dict, method: str, path: str, way: str) -> dict:
    operation = openapi["paths"][path][method]
    body, *steps = way.split()
    holder = operation["requestBody"] if body == "body" else operation["responses"]["200"]
    schema = holder["content"]["application/json"]["schema"]
    for step in steps:
        schema = schema["items"] if step == "[]" else schema["properties"][step]
    return copy.deepcopy(schema)


#: What a reply fulfils because the server has checked it, and what would refuse the reply of a newer server.
CHECKED = {"pattern", "minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum", "propertyNames"}


def plain(schema: object) -> object:
    """The schema without its limits; unknown fields are let through."""
    if isinstance(schema, list):
        return [plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: plain(value) for name, value in schema.items() if name not in CHECKED}
    if kept.get("additionalProperties") is False:
        del kept["additionalProperties"]
    return kept


def generated() -> str:
    openapi = json.loads(OPENAPI.read_text())
    schemas = {name: plain(schema_of(openapi, *where)) for name, where in NAMED.items()}
    named = {"openapi": "3.1.0", "info": {"title": "Chiron", "version": "1"}, "paths": {}, "components": {"schemas": schemas}}
    with tempfile.TemporaryDirectory() as folder:
        (source, target) = (Path(folder, "named.json"), Path(folder, "models.py"))
        source.write_text(json.dumps(named))
        command = [sys.executable, "-m", "datamodel_code_generator", "--input", source, "--output", target]
        command += ["--input-file-type", "openapi", "--output-model-type", "pydantic_v2.BaseModel"]
        command += ["--target-python-version", "3.10", "--snake-case-field", "--allow-population-by-field-name"]
        command += ["--use-standard-collections", "--use-union-operator", "--disable-timestamp", "--reuse-model"]
        command += ["--enum-field-as-literal", "all", "--use-schema-description", "--formatters", "builtin"]
        command += ["--naming-strategy", "parent-prefixed", "--custom-file-header", HEADER]
        subprocess.run(command, check=True)
        return target.read_text()


HEADER = '"""What the interface says, as types. Written by generate.py from docs/openapi.json: do not edit."""'


def main() -> int:
    text = generated()
    if "--check" not in sys.argv:
        MODELS.write_text(text)
        return 0
    lines = difflib.unified_diff(MODELS.read_text().splitlines(), text.splitlines(), "kept", "generated", lineterm="")
    found = list(lines)
    print("\n".join(found[:40]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
