/// What an HTTP message's body is without its codings (RFC 9110, section 8.4; RFC 9112, section 7).
///
/// Crawlers and servers deviate: a body may have been unpacked before it was stored while its header still says that it is packed. What
/// cannot be removed is left as it is, and said.
struct MessageBody {
    var bytes: [UInt8]
    /// With the transfer coding removed only; nil when there was none.
    var unchunked: [UInt8]?
    /// Transfer and content codings that were removed, in the order of removal.
    var removed: [String] = []
    /// In plain words.
    var notices: [String] = []
    /// Why there is no body that can be used.
    var refusal: String?

    /// No page is larger; a body that unpacks to more is not read.
    static let largest = 64 << 20
    /// Lists of codings are short.
    static let mostCodings = 5

    init(_ recorded: [UInt8], head: ResponseHead?) {
        bytes = recorded
        guard let head else { return }
        let transfer = Self.codings(head.values(of: "Transfer-Encoding"))
        if transfer.contains("chunked") { removeChunks() }
        let content = Self.codings(head.values(of: "Content-Encoding"))
        for coding in (content + transfer.filter { $0 != "chunked" }).suffix(Self.mostCodings).reversed() {
            guard refusal == nil, !bytes.isEmpty else { return }
            if !remove(coding) { return }
        }
    }

    static func codings(_ values: [String]) -> [String] {
        values.flatMap { $0.split(separator: ",") }.map { $0.trimmed.lowercased() }
            .filter { !$0.isEmpty && $0 != "identity" }
    }

    private mutating func removeChunks() {
        let result = Chunks.remove(from: bytes)
        switch result.end {
        case .whole: break
        case .none:
            notices.append("the header says that the body is chunked; it is not, and is kept as it is")
            return
        case .cut: notices.append("the chunked body ends early")
        case .broken: notices.append("the body's chunks are wrong: what follows the first wrong one is kept as it is")
        }
        removed.append("chunked")
        bytes = result.bytes
        unchunked = result.bytes
    }

    /// - Returns: whether the next coding can be tried.
    private mutating func remove(_ coding: String) -> Bool {
        guard let decoders = ContentCoding.decoders(of: coding) else {
            notices.append("the body's coding '\(coding.prefix(40))' is not known: it is kept as it is")
            return false
        }
        for decoder in decoders {
            let result = ContentCoding.decode(bytes, with: decoder, limit: Self.largest)
            switch result.end {
            case .tooLarge:
                refusal = "its body unpacks to more than \(Self.largest >> 20) MiB"
                return false
            case .cut where result.bytes.isEmpty: continue
            case .whole, .cut:
                if result.end == .cut { notices.append("the body's \(coding) data is cut off or damaged") }
                bytes = result.bytes
                removed.append(coding)
                return true
            }
        }
        notices.append(
            "the header says that the body is coded (\(coding)); it is not, or is damaged, and is kept as it is")
        return false
    }
}

extension StringProtocol {
    /// Without blanks at both ends.
    var trimmed: String {
        var rest = self[...]
        while let first = rest.unicodeScalars.first, first.value <= 0x20 { rest = rest.dropFirst() }
        while let last = rest.unicodeScalars.last, last.value <= 0x20 { rest = rest.dropLast() }
        return String(rest)
    }
}
