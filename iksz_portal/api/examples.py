"""An address to try for each call of the API."""

EXAMPLES = {
    "counties": "/api/v1/counties?limit=5",
    "county": "/api/v1/counties/HU-BK",
    "libraries": "/api/v1/libraries?county=HU-BK",
    "library": "/api/v1/libraries/katona-jozsef-konyvtar",
    "sections": "/api/v1/sections?lang=en",
    "section": "/api/v1/sections/megyei",
    "positions": "/api/v1/positions?state=answered&changed_since=2026-11-01T00:00:00Z",
    "position": "/api/v1/positions/MT-2026/014",
    "resolutions": "/api/v1/resolutions?year=2026",
    "resolution": "/api/v1/resolutions/2026/12",
    "topics": "/api/v1/topics",
    "topic": "/api/v1/topics/1",
    "authorities": "/api/v1/authorities",
    "authority": "/api/v1/authorities/1",
}
