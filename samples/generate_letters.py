#!/usr/bin/env python3
"""Writes samples/letters: fictional agency letters about the fictional IND 900204. Standard library only.

information-request.eml is a mail as CBER and CDER send them (quoted-printable); clinical-hold.txt is a
letter as `pdftotext -layout` prints it, with page furniture and a redaction that floats out of its line.
--check compares instead of writing.
"""
import argparse
import quopri
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent / "letters"

REQUEST = """\
Hi Ingrid,

The product quality and clinical review teams have the following requests for information:

1. In section 3.2.S.4.1 the limit of impurity B is 0.15 percent. Please justify this limit with batch
data, and provide the results of the batches that were used in Study HVT-204-102.

2. Stability at nine months was filed in 3.2.P.8.1. Please clarify
   a. whether the batches were made at the commercial site, and
   b. when results at twelve months will be submitted.

3. Please identify where in the application the analytical procedure for impurity B is described.

4. Section 6.7 of Protocol HVT-204-201 does not describe emergency unblinding at the site. Please
revise the protocol.

Please respond by the end of May.

Thanks,
Fictional Project Manager
"""

FOOTER = """\



U.S. Food and Drug Administration
Silver Spring, MD 20993
www.fda.gov

Reference ID: 9000001
"""

HOLD = """\
               IND 900204
                                                                          CLINICAL HOLD

               Halvorsen Therapeutics AS
               Attention: Ingrid Berg
                          Director, Regulatory Affairs
               Fjordveien 1
               Oslo, Norway

               Dear Dr. Berg:

               Please refer to your investigational new drug application (IND) dated and received
               January 12, 2026, submitted under section 505(i) of the Federal Food, Drug, and
               Cosmetic Act for HVT-204 tablets.

               We have completed our review of your application and have placed the proposed
               study HVT-204-201 on full clinical hold for the deficiencies listed below.

               NONCLINICAL

                    1. The report HVT-204-TOX-02 does not support 24 weeks of dosing. Provide a
                       chronic toxicity study in a second species, or justify why the 13-week study
                       in rats                    (b) (4)
                                                          is sufficient under ICH M3.

               CLINICAL

                    2. Protocol HVT-204-201 has no stopping rule for a fall of the glomerular
                       filtration rate. Revise the protocol to add one, and
                            a. name the person who decides at the site, and
                            b. describe emergency unblinding in section 6.7.
""" + FOOTER + """\
\f               IND 900204
               Page 2



               Until you have submitted the required information and we have notified you that you
               may begin, you may not start this study under this IND. Identify your response as a
               "CLINICAL HOLD COMPLETE RESPONSE" and address all of the issues in one submission.

               ADDITIONAL COMMENTS

               We have the following comment that is not a clinical hold issue:

                    1. We recommend that the statistical analysis plan describe how missing values
                       of the primary endpoint are handled.

               If you have any questions, call the Regulatory Project Manager at (301) 555-0100.

                                                   Sincerely,

                                                   {See appended electronic signature page}
""" + FOOTER + """\
\f          --------------------------------------------------------------------------------------------
          This is a representation of an electronic record that was signed
          electronically.
          --------------------------------------------------------------------------------------------
          /s/
          ------------------------------------------------------------
          FICTIONAL DIVISION DIRECTOR
          02/11/2026
"""


def mail():
    head = ("From: \"Fictional Project Manager\" <manager@fda.example>\r\n"
            "To: Ingrid Berg <ingrid.berg@halvorsen.example>\r\n"
            "Date: Thu, 2 Apr 2026 10:12:00 -0400\r\n"
            "Subject: =?utf-8?Q?IND_900204_=E2=80=93_information_request?=\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=\"utf-8\"\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n")
    return head.encode("ascii") + quopri.encodestring(REQUEST.encode("utf-8"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    files = {"information-request.eml": mail(), "clinical-hold.txt": HOLD.encode("utf-8")}
    wrong = []
    for name, data in files.items():
        path = TARGET / name
        if check:
            wrong += [] if path.is_file() and path.read_bytes() == data else [name]
        else:
            TARGET.mkdir(exist_ok=True)
            path.write_bytes(data)
    if wrong:
        print("not what the generator writes:", ", ".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
