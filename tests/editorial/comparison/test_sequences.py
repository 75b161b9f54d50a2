"""Matching sequences: as long as can be where the gap is small, and heavy parts stay where they are."""

from alstrom_site.editorial.comparison.sequences import common, heaviest_rising


def test_a_small_gap_gives_the_longest_common_subsequence() -> None:
    pairs = common("abcbdab", "bdcaba")

    assert len(pairs) == 4
    assert all("abcbdab"[i] == "bdcaba"[j] for i, j in pairs)


def test_the_heaviest_pair_stays_against_two_light_ones() -> None:
    assert heaviest_rising([(0, 1), (1, 2), (2, 0)], [1, 1, 5]) == [(2, 0)]
