export const shortAnswer = `Clause 9 gives **three months’ notice, in writing**. Either side may end the lease at the end of a calendar month; a notice that comes late counts for the month after.

It does not say *how* the notice must be delivered.`;

export const richAnswer = `## Dates in the lease

There are four dates that matter. The deposit of $1,200 and the rent of $850 are due on different days.

| What | When | Page | Note |
|:-----|:----:|-----:|------|
| Start of the lease | 1 May 2024 | 1 | keys handed over the day before |
| Deposit due | 24 April 2024 | 3 | three rents |
| First review of the rent | 1 May 2025 | 6 | at most 3 % |
| End | 30 April 2027 | 2 | renews by a year |

To check them, read the text and look for anything that has the form of a date:

\`\`\`python
import re
from datetime import datetime

PATTERN = re.compile(r"\\b(\\d{1,2}) (January|April|May) (\\d{4})\\b")

def dates(text: str) -> list[datetime]:
    """All dates in the order in which they stand in the text."""
    return [datetime.strptime(" ".join(match), "%d %B %Y") for match in PATTERN.findall(text)]
\`\`\`

1. Run it over each page.
2. Compare with the table:
   - the *end* must be after the *start*;
   - the deposit comes **before** both.
3. Anything left over needs a person.

> A date that stands in a footnote is easily missed.

The rent grows by a factor of $(1 + 0.03)^n$ at most, so after $n$ years:

$$
R_n = R_0 \\cdot (1 + 0.03)^n
$$

See [the guide](https://example.com/guide?topic=dates) for more, and \`PATTERN\` above. ![a chart](https://evil.example/x.png)

- [x] start and end
- [ ] footnotes`;
