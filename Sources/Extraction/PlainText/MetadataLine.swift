/// A line that says something about the article as "Label: value".
enum MetadataLine {
    case dates(DateLine)
    case publisher(String)
    case authors([String])
    case headline(String)
    case url(String)
    /// About the page, and of no use: tags, categories, reading time.
    case other

    init?(_ text: String, language: String? = nil) {
        guard text.utf8.count <= 400, let (label, value) = Self.parts(of: text) else { return nil }
        let folded = TextFolding.fold(label)
        let field = Self.labels[folded]
        if field == nil {
            // "Published:", "Last updated on": only the words of dates are worth a closer look.
            guard let first = folded.split(whereSeparator: { !$0.isLetter }).first,
                DateWord.named(String(first)) != nil,
                let dates = DateLine(text, language: language),
                dates.entries.contains(where: { $0.meaning != .unlabelled })
            else { return nil }
            self = .dates(dates)
            return
        }
        switch field {
        case .publisher?: self = .publisher(Self.publisher(value))
        case .authors?:
            guard let authors = Byline.authors(in: value, labelled: true) else { return nil }
            self = .authors(authors)
        case .headline?: self = .headline(value)
        case .url?:
            guard !value.contains(" "), value.contains(".") else { return nil }
            self = .url(value)
        case .other? where value.utf8.count <= 200 && !LineEnding.endsSentence(value): self = .other
        default: return nil
        }
    }

    /// The outlet without "and news agencies" behind it.
    static func publisher(_ value: String) -> String {
        var words = value.split(whereSeparator: \.isWhitespace)
        func endsWith(_ list: Set<String>) -> Bool { words.last.map { list.contains(TextFolding.fold($0)) } ?? false }
        if endsWith(["agencies", "وكالات", "ووكالات", "الوكالات", "агентства", "agencias", "agences"]) {
            words.removeLast()
            if endsWith(["news"]) { words.removeLast() }
            if endsWith(["and", "&", "+", "-", "/", "и", "y", "et"]) { words.removeLast() }
        }
        while let last = words.last?.last, ",;-–".contains(last) { words[words.count - 1].removeLast() }
        words.removeAll(where: \.isEmpty)
        return words.isEmpty ? value : words.joined(separator: " ")
    }

    private enum Field { case publisher, authors, headline, url, other }

    /// The label is short, so the colon is near; most lines are told by its absence.
    private static func parts(of text: String) -> (label: Substring, value: String)? {
        let utf8 = text.utf8
        guard let colon = utf8.prefix(80).firstIndex(where: { $0 == 0x3A || $0 == 0xEF }),
            text[colon] == ":" || text[colon] == "：", text[..<colon].count <= 40
        else { return nil }
        let label = text[..<colon].trimmingWhiteSpace()
        let value = text[text.index(after: colon)...].drop { $0.isWhitespace || $0 == "*" }
        return label.isEmpty || value.isEmpty ? nil : (label, String(value))
    }

    private static let labels: [String: Field] = {
        let lists: [(Field, String)] = [
            (
                .publisher,
                """
                source|sources|publisher|publication|outlet|newspaper|agency|news agency|site|site name|website|المصدر|المصادر|источник|издание\
                |quelle|quellen|fuente|fuentes|fonte|fonti|source(s)|kaynak|źródło|bron|källa|kilde|מקור|منبع|来源|來源|出典|提供|출처|πηγή|джерело
                """
            ),
            (
                .authors,
                """
                author|authors|author(s)|by|byline|writer|written by|reporter|reporters|correspondent|creator|автор|авторы|текст|autor|autoren\
                |autora|autores|auteur|auteurs|autore|autori|yazar|yazan|forfatter|författare|tekijä|الكاتب|بقلم|إعداد|كتب|נכתב על ידי|מאת\
                |כתב|نویسنده|作者|记者|記者|文|기자|작성자|автори
                """
            ),
            (
                .headline,
                "title|headline|subject|titel|titre|título|titulo|titolo|tytuł|başlık|العنوان|عنوان|заголовок|название|כותרת|标题|標題|タイトル|제목"
            ),
            (.url, "url|link|original url|permalink|web address|source url|article url|الرابط|ссылка|链接"),
            (
                .other,
                """
                from|to|cc|reply-to|message-id|organization|section|category|categories|tag|tags|tagged|tagged with|filed in|topic|topics|keywords|filed under|posted in|reading time|read time|estimated reading time\
                |word count|words|views|page views|hits|comments|shares|edition|language|lang|content type|copyright|id|article id|story id\
                |document id|short url|short link|share|print|categoria|catégorie|kategorie|rubrik|schlagwörter|schlagworte\
                |mots-clés|etiquetas|categoría|temas|рубрика|рубрики|теги|тема|темы|метки|просмотров|просмотры|القسم|التصنيف|تصنيف|الوسوم|وسوم\
                |كلمات مفتاحية|الكلمات المفتاحية|المشاهدات|عدد المشاهدات|عدد القراءات|etiketler|kategori|okunma|tagi|kategoria|słowa kluczowe|תגיות\
                |דסק|برچسب ها|标签|关键词|分类|タグ|カテゴリ|태그
                """
            ),
        ]
        var table: [String: Field] = [:]
        for (field, words) in lists {
            for word in words.split(separator: "|") { table[TextFolding.fold(word)] = field }
        }
        return table
    }()
}
