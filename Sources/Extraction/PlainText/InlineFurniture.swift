/// Lines of the page between the paragraphs of an article.
enum InlineFurniture {
    /// Only short lines are looked at: nothing here can take a paragraph of running text away.
    private static let longest = 240

    static func isFurniture(_ passage: Passage) -> Bool {
        guard passage.width <= longest, PhraseFilter.mayBePhrase(passage.text) || endsWithProgramme(passage) else {
            return false
        }
        return isFurniture(passage, LineWords(passage.text))
    }

    static func isFurniture(_ passage: Passage, _ line: LineWords) -> Bool {
        guard passage.width <= longest, passage.form != .heading, passage.form != .caption else { return false }
        switch line.phrase {
        case .control?: return passage.form == .unmarked || passage.form == .listItem
        case .appeal?, .commentForm?: return true
        default: return isPromo(passage, line) || isAppeal(line) || endsWithProgramme(passage)
        }
    }

    /// "READ MORE: Battle for Aleppo", "Lire aussi : …", "► Watch: …": another story, announced as such.
    static func isPromo(_ passage: Passage, _ line: LineWords) -> Bool {
        guard passage.width <= 200, let (phrase, count) = line.opening,
            phrase == .promo || phrase == .related || phrase == .relatedMaybe,
            line.words.count > count
        else { return false }
        // The words are parts of the folded line, so their places are places in it.
        let rest = line.folded[line.words[count - 1].endIndex...]
        let sign = rest.first { $0 != " " } ?? " "
        if ":：|>»›→".contains(sign) || (rest.first == " " && sign == "-") {
            return !(passage.endsSentence && passage.width > 160)
        }
        let letters = passage.text.prefix(while: { $0 != ":" }).split(separator: " ").prefix(count).joined()
        let isShouted = letters.contains(where: \.isUppercase) && !letters.contains(where: \.isLowercase)
        return isShouted && !passage.endsSentence && count >= 2
    }

    private static func isAppeal(_ line: LineWords) -> Bool {
        guard let (phrase, _) = line.opening, phrase == .appeal, line.words.count <= 32, let first = line.words.first
        else {
            return false
        }
        // "Sign up for the lottery by Friday" may be advice that the article gives.
        guard ["sign", "get", "stay", "keep", "for", "subscribe", "follow"].contains(first) else { return true }
        return line.words.contains { appealWords.contains($0) }
    }

    private static let appealWords: Set<Substring> = [
        "newsletter", "newsletters", "inbox", "alerts", "notifications", "briefing", "digest", "updates", "channel",
        "podcast", "twitter",
        "facebook", "instagram", "telegram", "whatsapp", "youtube", "tiktok", "linkedin", "mastodon", "x", "our", "app",
    ]

    /// "Title of a film - Name of the programme": a player, of which only the label is text.
    static func endsWithProgramme(_ passage: Passage) -> Bool {
        guard passage.width <= 120, !passage.endsSentence, passage.form == .unmarked else { return false }
        let text = passage.text
        guard let dash = text.utf8.lastIndex(where: { $0 == 0x2D || $0 == 0x7C || $0 == 0xE2 }), dash > text.startIndex,
            " |-–—".contains(text[dash]), text[text.index(before: dash)] == " "
        else { return false }
        return programmes.contains(LineWords(text[text.index(after: dash)...]).whole)
    }

    private static let programmes: Set<String> = [
        "people and power", "people & power", "people power", "inside story", "inside syria", "the listening post",
        "listening post",
        "talk to al jazeera", "upfront", "fault lines", "al jazeera world", "al jazeera correspondent",
        "counting the cost", "the stream",
        "al jazeera investigates", "al jazeera investigations", "witness", "rewind", "featured documentary",
        "special series", "newsfeed",
        "the bottom line", "start here", "earthrise", "the big picture", "empire", "inside iraq", "everywoman",
        "head to head", "al jazeera english",
        "panorama", "newsnight", "hardtalk", "bbc news", "bbc newsnight", "bbc world service", "channel news",
        "dispatches", "newshour",
        "pbs newshour", "frontline", "cnn video", "the debate", "focus", "reporters", "conflict zone", "dw news",
        "reuters tv", "reuters video",
        "afp video", "guardian video", "video", "podcast",
    ]
}
