"""Mends ministack where its API Gateway is not that of AWS: an API without CORS of its own leaves OPTIONS to its routes.

ministack answers it with 403. AWS has a route ANY take what no other route of the path takes, OPTIONS too; so does
$default. docs/decisions/0010 says what we rely on.
"""

import importlib.util
import pathlib

OWN = '    if method == "OPTIONS":\n        return _cors_preflight_response('
MENDED = OWN.replace('"OPTIONS"', '"OPTIONS" and cors_cfg')

file = pathlib.Path(importlib.util.find_spec("ministack").submodule_search_locations[0], "services", "apigateway.py")
text = file.read_text()
if MENDED not in text:
    if text.count(OWN) != 1:
        raise SystemExit(f"{file}: OPTIONS is answered in another place than this knows")
    file.write_text(text.replace(OWN, MENDED))
