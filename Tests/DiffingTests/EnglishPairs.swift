import Diffing
import Models

let englishPairs: [Pair] = [
    Pair(
        "a number of people", "Rescuers found 12 people in the hold.", "Rescuers found 15 people in the hold.",
        "figure substantive"),
    Pair(
        "thousands written with a comma", "About 250,000 people live there.", "About 275,000 people live there.",
        "figure substantive"),
    Pair("a number word", "Two sailors are missing.", "Three sailors are missing.", "figure substantive"),
    Pair(
        "a compound number word", "The ship is twenty-five years old.", "The ship is twenty-seven years old.",
        "figure substantive"),
    Pair("a rough number", "Dozens waited on the quay.", "Hundreds waited on the quay.", "figure substantive"),
    Pair("an amount of money", "Tickets cost $40 each.", "Tickets cost $45 each.", "figure substantive"),
    Pair("another currency", "Tickets cost $40 each.", "Tickets cost €40 each.", "figure substantive"),
    Pair("a share", "Some 48 percent agree.", "Some 52 percent agree.", "figure substantive"),
    Pair(
        "a number that became a share", "The fleet grew by 12 last year.", "The fleet grew by 12% last year.",
        "figure substantive"),
    Pair(
        "a day of the month", "It sank on 3 November off the coast.", "It sank on 4 November off the coast.",
        "figure substantive"),
    Pair(
        "a month", "It sank on 3 November off the coast.", "It sank on 3 December off the coast.", "figure substantive"),
    Pair(
        "a weekday", "The captain left on Friday with his crew.", "The captain left on Sunday with his crew.",
        "figure substantive"),
    Pair("a scale", "The repair cost 3 million crowns.", "The repair cost 3 billion crowns.", "figure substantive"),
    Pair(
        "a hedge before a number", "At least 12 sailors died in the fire.", "12 sailors died in the fire.",
        "figure substantive"),
    Pair(
        "two figures that changed places", "The fire left 12 dead and 46 injured.",
        "The fire left 46 dead and 12 injured.", "figure substantive"),
    Pair(
        "a figure that came", "The ship carried passengers and mail.", "The ship carried 80 passengers and mail.",
        "figure substantive"),
    Pair(
        "a year", "The yard was founded in 1897 by two brothers.", "The yard was founded in 1907 by two brothers.",
        "figure substantive"),

    Pair(
        "a word inside quotation marks", "“We will never give up the ship,” the captain said.",
        "“We will not give up the ship,” the captain said.", "quotation substantive"),
    Pair(
        "a word inside straight quotation marks", "\"The sea was calm,\" said the mate.",
        "\"The sea was rough,\" said the mate.",
        "quotation substantive"),
    Pair(
        "a word inside single quotation marks", "The mate called it 'a small wave' that night.",
        "The mate called it 'a huge wave' that night.", "quotation substantive"),
    Pair(
        "a figure inside quotation marks", "“We lost 12 men,” the captain said.", "“We lost 15 men,” the captain said.",
        "quotation substantive"),
    Pair(
        "quotation marks put around a word", "The company spoke of safety measures.",
        "The company spoke of “safety” measures.",
        "quotation substantive"),
    Pair(
        "the second sentence of a quotation", "“The storm came fast. We had no warning,” she said.",
        "“The storm came fast. We had little warning,” she said.", "quotation substantive"),
    Pair(
        "a block quotation",
        from: Revision(blocks: [.init(.paragraph, flood), .init(.quotation, "We had no choice but to cut the ropes.")]),
        to: Revision(blocks: [.init(.paragraph, flood), .init(.quotation, "We had no choice but to burn the ropes.")]),
        "quotation substantive"),
    Pair(
        "a quotation that changed places with its speaker", "“The sea was calm,” he said.",
        "He said: “The sea was calm.”",
        "wording minor"),
    Pair(
        "words beside a quotation", "“The sea was calm,” the angry captain said.",
        "“The sea was calm,” the tired captain said.",
        "wording substantive"),
    Pair(
        "an apostrophe is no quotation mark", "The sailors' strike and the cooks' strike began in spring.",
        "The sailors' strike and the cooks' strike began in summer.", "wording substantive"),

    Pair(
        "a verb of saying", "The owner said the ship was safe.", "The owner claimed the ship was safe.",
        "attribution substantive"),
    Pair(
        "a doubt", "The mate sold the cargo in port.", "The mate allegedly sold the cargo in port.",
        "attribution substantive"),
    Pair(
        "a source that came", "The engine failed twice that week.",
        "The engine failed twice that week, according to the owner.",
        "attribution substantive"),
    Pair(
        "another speaker", "The engine was old, said Henrik Dahl.", "The engine was old, said Marta Lund.",
        "attribution substantive"),
    Pair(
        "another spelling of a name", "A clerk showed Henrik Dahl the papers.",
        "A clerk showed Henrik Dall the papers.",
        "name substantive"),
    Pair(
        "another person", "A clerk showed Henrik the papers.", "A clerk showed Margareta the papers.",
        "name substantive"),
    Pair(
        "another place", "The cargo went to Osterby by train.", "The cargo went to Lindvik by train.",
        "name substantive"),
    Pair(
        "a name at the start of a sentence", "Henrik Dahl bought the ship.", "Marta Dahl bought the ship.",
        "name substantive"),
    Pair(
        "names that changed places", "The letter went from Dahl to Lund in spring.",
        "The letter went from Lund to Dahl in spring.",
        "name substantive"),

    Pair(
        "a content word", "The crew refused to leave the burning ship.", "The crew hurried to leave the burning ship.",
        "wording substantive"),
    Pair(
        "a negation", "The crew did leave the ship in time.", "The crew did not leave the ship in time.",
        "wording substantive"),
    Pair("a modal verb", "The company will pay the crew.", "The company may pay the crew.", "wording substantive"),
    Pair("a function word", "The crew waited in the harbour.", "The crew waited at the harbour.", "wording minor"),
    Pair(
        "a corrected misspelling", "The crew reported heavy smoke and flmaes below.",
        "The crew reported heavy smoke and flames below.", "wording minor"),
    Pair("a comma", "The crew, tired and cold went home.", "The crew, tired and cold, went home.", "wording minor"),
    Pair("a possessive", "The fire destroyed Lindvik pier.", "The fire destroyed Lindvik's pier.", "wording minor"),
    Pair(
        "a number word written in digits", "The pilot saw 2 boats near the rock.",
        "The pilot saw two boats near the rock.", "wording minor"),
    Pair("a shorter month", "It sank on November 4 off the coast.", "It sank on Nov 4 off the coast.", "wording minor"),
    Pair(
        "words that changed places", "On Friday the crew left the ship.", "The crew left the ship on Friday.",
        "wording minor"),
    Pair(
        "two sentences made one", "The fog was thick. The pilot saw nothing.",
        "The fog was thick and the pilot saw nothing.", "wording minor"),

    Pair(
        "quote styles", "\"We are safe,\" the mate's wife said.", "“We are safe,” the mate’s wife said.",
        "typography cosmetic"),
    Pair(
        "single for double quotation marks", "“We are safe,” the pilot said.", "‘We are safe,’ the pilot said.",
        "typography cosmetic"),
    Pair("dashes", "The ship - a trawler - was late.", "The ship – a trawler – was late.", "typography cosmetic"),
    Pair("a hyphen", "The war-torn coast is quiet.", "The war torn coast is quiet.", "typography cosmetic"),
    Pair(
        "a hyphenated word written as one", "The counter-offensive has begun.", "The counteroffensive has begun.",
        "typography cosmetic"),
    Pair("an ellipsis", "The captain waited... and left.", "The captain waited… and left.", "typography cosmetic"),
    Pair("a no-break space", "Tickets cost 40 euros each.", "Tickets cost 40\u{A0}euros each.", "typography cosmetic"),
    Pair(
        "a soft hyphen", "The neighbourhood is quiet.", "The neigh\u{AD}bour\u{AD}hood is quiet.", "typography cosmetic"
    ),
    Pair("case", "The Prime Minister left the port.", "The prime minister left the port.", "typography cosmetic"),
    Pair(
        "composed and decomposed letters", "The café in the harbour is shut.",
        "The cafe\u{301} in the harbour is shut.", "typography cosmetic"),
    Pair(
        "points in an abbreviation", "The U.S. ship left at 9 a.m. on time.", "The US ship left at 9 am on time.",
        "typography cosmetic"),
    Pair("a space between number and unit", "It opens at 9am daily.", "It opens at 9 am daily.", "typography cosmetic"),
    Pair(
        "how thousands are marked", "It carried 12,000 tons of coal.", "It carried 12\u{202F}000 tons of coal.",
        "typography cosmetic"),
    Pair("a ligature", "The offi\u{63}e is shut for good.", "The o\u{FB03}ce is shut for good.", "typography cosmetic"),
    Pair(
        "a space between sentences", "The fog was thick. The pilot slept.", "The fog was thick.\u{A0}The pilot slept.",
        "typography cosmetic"),

    Pair(
        "a web address", "The report is at http://harbour.example/report today.",
        "The report is at https://www.harbour.example/report today.", "link minor"),
    Pair(
        "a mail address", "Write to desk@post.example before noon.", "Write to desk@karna.example before noon.",
        "link minor"),
    Pair(
        "British for American spelling", "The labor center organized a program to honor the defense workers.",
        "The labour centre organised a programme to honour the defence workers.", "wording minor"),
    Pair(
        "a word one consonant apart", "Engineers feared a defeat of the pump.",
        "Engineers feared a defect of the pump.",
        "wording substantive"),
    Pair(
        "the source of a claim", "The bridge was sound, according to the ministry.",
        "The bridge was sound, according to the builders.", "attribution substantive"),
    Pair("a courtesy title", "Mr Dahl left the meeting early.", "Dahl left the meeting early.", "wording minor"),
    Pair(
        "a dateline", "LINDVIK (Karna Post) - The strike goes on.", "OSTERBY (Karna Post) - The strike goes on.",
        "name substantive"),
    Pair(
        "how a time is written", "The vote is due at 15:00 sharp.", "The vote is due at 15.00 sharp.",
        "typography cosmetic"),
    Pair("a time of day", "The vote is due at 15:00 sharp.", "The vote is due at 17:00 sharp.", "figure substantive"),
    Pair(
        "a contracted negation", "The crew was warned of the storm.", "The crew wasn't warned of the storm.",
        "wording substantive"),
    Pair(
        "words taken out of quotation marks", "He said “the ship is lost” and left.",
        "He said the ship is lost and left.",
        "quotation substantive"),
    Pair(
        "the end of a quotation", "“I will resign tomorrow, and that is final,” he said.",
        "“I will resign tomorrow,” he said.", "quotation substantive"),
    Pair(
        "a softer word", "The mayor lied about the dykes.", "The mayor was mistaken about the dykes.",
        "wording substantive"),
    Pair(
        "a person's age", "Jon Berg, 34, was on the bridge.", "Jon Berg, 43, was on the bridge.", "figure substantive"),
    Pair(
        "a conversion put in", "The storm moved 60 miles inland.", "The storm moved 60 miles (97km) inland.",
        "figure substantive"),
    Pair("an accent on a name", "Ships from Malaga came late.", "Ships from Málaga came late.", "name substantive"),
    Pair("a transliteration", "Ships from Kiev came late.", "Ships from Kyiv came late.", "name substantive"),
    Pair(
        "a serial comma", "Red, white and blue flags hung there.", "Red, white, and blue flags hung there.",
        "wording minor"),

    Pair("a minus", "It was -5 degrees at the pier.", "It was 5 degrees at the pier.", "figure substantive"),
    Pair(
        "a dash before a number in a range", "It opens 9 - 17 daily.", "It opens 9 – 17 daily.", "typography cosmetic"),
    Pair("a unit", "They waited 3 days in the bay.", "They waited 3 weeks in the bay.", "figure substantive"),
    Pair("an ordinal", "It was the third fire this year.", "It was the fourth fire this year.", "figure substantive"),
    Pair("a half", "Half of the crew fell ill.", "Most of the crew fell ill.", "figure substantive"),
    Pair(
        "he for she", "The suspect said he was innocent.", "The suspect said she was innocent.", "wording substantive"),
    Pair("who did it", "The attack by the army came late.", "The attack on the army came late.", "wording substantive"),
    Pair(
        "who speaks", "The army said the road was open.", "The police said the road was open.",
        "attribution substantive"),
    Pair(
        "who speaks, behind a quotation", "“We had no choice,” said the minister.",
        "“We had no choice,” said the minister's spokesman.", "attribution substantive"),
]
