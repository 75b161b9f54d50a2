"""The starter bibliography prints each reference byte for byte as the summary of 2008 that it comes from."""

from pathlib import Path

import pytest

import pages
from references.csl import fields_without_a_place, read_bibliography, to_csl, write_bibliography
from references.formatting import nlm_citation
from references.identifiers import parse_doi, parse_pmid

FILE = Path(pages.__file__).parent / "starter_content" / "bibliography.json"

PRINTED = {
    "goldstein1973": (
        "Goldstein JL, Fialkow PJ. The Alstrom syndrome. Report of three cases with further delineation of "
        "the clinical, pathophysiological, and genetic aspects of the disorder. Medicine (Baltimore). 1973 "
        "Jan;52(1):53-71. No abstract available."
    ),
    "hoffman2005": (
        "Hoffman JD, Jacobson Z, Young TL, Marshall JD, Kaplan P. Familial variable expression of dilated "
        "cardiomyopathy in Alstrom syndrome: a report of four sibs. Am J Med Genet A. 2005 May "
        "15;135(1):96-8."
    ),
    "joy2007": (
        "Joy T, Cao H, Black G, Malik R, Charlton-Menys V, Hegele RA, Durrington PN. Alstrom syndrome (OMIM "
        "203800): a case report and literature review. Orphanet J Rare Dis. 2007 Dec 21;2:49. Review."
    ),
    "maffei2002": (
        "Maffei P, Munno V, Marshall JD, Scandellari C, Sicolo N. The Alstrom syndrome: is it a rare or "
        "unknown disease? Ann Ital Med Int. 2002 Oct-Dec;17(4):221-8. Review."
    ),
    "marshall2005": (
        "Marshall JD, Bronson RT, Collin GB, Nordstrom AD, Maffei P, Paisey RB, Carey C, Macdermott S, "
        "Russell-Eggitt I, Shea SE, Davis J, Beck S, Shatirishvili G, Mihai CM, Hoeltzenbein M, Pozzan GB, "
        "Hopkinson I, Sicolo N, Naggert JK, Nishina PM. New Alstrom syndrome phenotypes based on the "
        "evaluation of 182 cases. Arch Intern Med. 2005 Mar 28;165(6):675-83."
    ),
    "marshall2007": (
        "Marshall JD, Beck S, Maffei P, Naggert JK. Alström syndrome. Eur J Hum Genet. 2007 "
        "Dec;15(12):1193-202. Epub 2007 Oct 17."
    ),
    "minton2006": (
        "Minton JA, Owen KR, Ricketts CJ, Crabtree N, Shaikh G, Ehtisham S, Porter JR, Carey C, Hodge D, "
        "Paisey R, Walker M, Barrett TG. Syndromic obesity and diabetes: changes in body composition with age"
        " and mutation analysis of ALMS1 in 12 United Kingdom kindreds with Alstrom syndrome. J Clin "
        "Endocrinol Metab. 2006 Aug;91(8):3110-6. Epub 2006 May 23."
    ),
    "russelleggitt1998": (
        "Russell-Eggitt IM, Clayton PT, Coffey R, Kriss A, Taylor DS, Taylor JF. Alstrom syndrome. Report of "
        "22 cases and literature review. Ophthalmology. 1998 Jul;105(7):1274-80. Review."
    ),
}


def starter_references() -> dict[str, dict[str, object]]:
    return {reference["key"]: reference for reference in read_bibliography(FILE.read_text(encoding="utf-8"))}


def test_the_file_holds_these_references_and_no_others_in_the_order_of_their_keys() -> None:
    assert list(starter_references()) == list(PRINTED)


@pytest.mark.parametrize("key", PRINTED)
def test_a_starter_reference_is_printed_exactly_as_in_its_source(key: str) -> None:
    assert nlm_citation(starter_references()[key]) == PRINTED[key]


def test_every_field_of_the_file_has_a_place_and_writing_it_again_gives_the_same_bytes() -> None:
    references = starter_references().values()

    assert [fields_without_a_place(to_csl(reference)) for reference in references] == [[]] * len(PRINTED)
    assert write_bibliography(references).encode() == FILE.read_bytes()


def test_the_identifiers_kept_are_in_their_one_spelling() -> None:
    for reference in starter_references().values():
        doi, pmid = str(reference["DOI"]), str(reference["PMID"])
        assert doi == "" or parse_doi(doi) == doi
        assert pmid == "" or parse_pmid(pmid) == pmid
