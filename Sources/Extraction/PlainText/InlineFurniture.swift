/// Lines of the page between the paragraphs of an article.
enum InlineFurniture {
    /// Only short lines are looked at: nothing here can take a paragraph of running text away.
    private static let longest = 240

    static func isFurniture(_ passage: Passage) -> Bool {
        guard passage.width <= longest, passage.form != .heading, passage.form != .caption,
            PhraseFilter.mayBePhrase(passage.text) || endsWithMedium(passage)
        else { return false }
        return isFurniture(passage, LineWords(passage.text))
    }

    static func isFurniture(_ passage: Passage, _ line: LineWords) -> Bool {
        guard passage.width <= longest, passage.form != .heading, passage.form != .caption else { return false }
        switch line.phrase {
        case .control?: return passage.form == .unmarked || passage.form == .listItem
        case .appeal?, .commentForm?: return true
        default: return isPromo(passage, line) || isAppeal(line) || endsWithMedium(passage)
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

    /// "Title of a film - video": a player, of which only the label is text.
    static func endsWithMedium(_ passage: Passage) -> Bool {
        guard let (_, name) = labelParts(passage) else { return false }
        return media.contains(LineWords(name).whole)
    }

    private static let media: Set<String> = [
        "video", "videos", "video report", "podcast", "audio", "gallery", "photo gallery", "in pictures", "slideshow",
        "видео", "фото", "فيديو", "بالفيديو", "וידאו", "视频", "動画", "영상",
    ]

    /// "Country: What the film is called - Name of the Programme". A name in capitals behind a title that is written as
    /// a sentence is not the article's: its own headings write both halves alike. Only where such a label stands alone
    /// between paragraphs; in a list or among headings it may be the article's own.
    static func isProgrammeLabel(_ passage: Passage) -> Bool {
        guard let (title, name) = labelParts(passage), !passage.text.contains(where: { "\"“”«»„".contains($0) }),
            let colon = title.firstIndex(of: ":")
        else { return false }
        let names = name.split(separator: " ")
        guard (2...6).contains(names.count), names.count(where: isCapitalised) >= 2,
            names.allSatisfy({ isCapitalised($0) || joining.contains(TextFolding.fold($0)) })
        else { return false }
        let words = title[title.index(after: colon)...].split(separator: " ")
        return words.count >= 2
            && words.contains { $0.first?.isLowercase == true && !joining.contains(TextFolding.fold($0)) }
    }

    private static func isCapitalised(_ word: Substring) -> Bool { word.first?.isUppercase == true }

    private static let joining: Set<String> = [
        "and", "the", "of", "to", "in", "on", "at", "for", "from", "with", "a", "an", "&", "or", "by", "de", "la", "le",
        "du", "des", "et", "und", "der", "die", "das", "von", "del", "y", "e", "di", "и", "в", "на",
    ]

    /// The halves of a line around its last dash between spaces.
    private static func labelParts(_ passage: Passage) -> (title: Substring, name: Substring)? {
        guard passage.width <= 120, !passage.endsSentence, passage.form == .unmarked,
            passage.text.withBytes(hasDashBetweenSpaces)
        else { return nil }
        let text = passage.text
        guard let dash = text.lastIndex(where: { "|-–—".contains($0) }), dash > text.startIndex,
            text[text.index(before: dash)] == " "
        else { return nil }
        let after = text.index(after: dash)
        guard after < text.endIndex, text[after] == " " else { return nil }
        return (text[..<dash].dropLast(), text[after...].dropFirst())
    }

    private static func hasDashBetweenSpaces(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var window: UInt64 = 0
        for byte in bytes {
            window = window << 8 | UInt64(byte)
            guard byte == 0x20 else { continue }
            switch window & 0xFF_FFFF {
            case 0x20_2D20, 0x20_7C20: return true
            // The last two bytes of "–" and "—".
            case 0x80_9320, 0x80_9420: if window >> 24 & 0xFFFF == 0x20E2 { return true }
            default: break
            }
        }
        return false
    }
}
