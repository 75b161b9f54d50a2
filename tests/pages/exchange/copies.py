"""Copied texts made up for tests, in the two shapes that copies come in. They are about nothing."""

SUMMARY = """Skip Navigation \u00a0 \u00a0 A service of a made-up library\u00ae

S\u00e4mple condition

Reviewed August 2008

What is S\u00e4mple condition?

It is made up for tests (and for nothing else). It has *no* signs.

Its second paragraph cites nobody @all.

Where can I find information about treatment for S\u00e4mple condition?

You may find information in the links below, particularly the links for tests.

What is missing from S\u00e4mple condition?

What other names do people use for S\u00e4mple condition?

  \u2022 SAMP
  \u2022 Sample disorder

See How are tests named? ( in the Handbook.

What if I still have specific questions about S\u00e4mple condition?

  \u2022 Ask the Made-up Center (
  \u2022 Submit it to Nobody (

  \u2022 Some Review (
  \u2022 Tester AB, Prober C. The sample. Report of three tests. J Test (Nowhere). 1973 Jan;52(1):53-71. Review. (
  \u2022 Tester AB, van Prober CDE. Another sample? J Test. 1973 Oct-Dec;53:1-2. Epub 1973 Sep 3. (


Nothing here is advice. See How are tests named? ( in the Handbook.

Reviewed: August 2008
Published: May 4, 2009"""

PAGE = """Overview
What causes a sample? A sample is caused by tests. It is made up.
Readers ask this to have something to ask.
Quick answer
A sample is caused by tests.
Why one test is enough
One test is enough because it is a test.
Common questions
Frequently asked questions
Short answers made up for tests.
Question
What causes a sample?
Answer
Tests do.
They do it daily.
Question
Is there more
Answer
Yes
Summary
If you ask what causes a sample, it is tests.
Continue with a nearby page
Is a sample common
Keep reading a page that is near.
What a sample is
Keep reading a page that is near.
How samples end
Only this one says what it is about.
"""
