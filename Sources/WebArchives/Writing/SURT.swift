internal import Models

/// Sort-friendly keys of addresses, as indexes of web archives have them: `http://www.Example.org/A?b=2&a=1` is `org,example)/a?a=1&b=2`.
///
/// There is no standard; what counts is that a reader who makes a key of an address finds what is indexed under it. pywb, py-wacz and
/// cdxj-indexer make theirs by the `surt` package, whose results these are.
package enum SURT {
    package static func key(of address: String) -> String {
        let text = address.trimmingSpace()
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return text.lowercased() }
        let scheme = text[..<colon].lowercased()
        var rest = Array(text.utf8[text.utf8.index(after: colon)...])
        if let hash = rest.firstIndex(of: UInt8(ascii: "#")) { rest.removeSubrange(hash...) }
        guard scheme == "http" || scheme == "https" else {
            return "\(scheme):\(other(rest))"
        }
        rest = Array(rest.drop { $0 == UInt8(ascii: "/") })
        let hostEnd = rest.firstIndex { "/?".utf8.contains($0) } ?? rest.count
        let mark = rest.firstIndex(of: UInt8(ascii: "?"))
        let path = Array(rest[hostEnd..<(mark ?? rest.count)])
        let query = mark.map { Array(rest[($0 + 1)...]) } ?? []
        return host(Array(rest[..<hostEnd]), scheme) + ")" + self.path(path) + self.query(query)
    }

    /// What has no host: `urn:…`, `file:///…`.
    private static func other(_ rest: [UInt8]) -> String {
        var path = rest
        if path.starts(with: Array("///".utf8)) { path.removeFirst(2) }
        let mark = path.firstIndex(of: UInt8(ascii: "?"))
        let query = mark.map { Array(path[($0 + 1)...]) } ?? []
        var text = text(escaped(unescaped(Array(path[..<(mark ?? path.count)])))).lowercased()
        if text.utf8.count > 1, text.hasSuffix("/") { text.removeLast() }
        return text + self.query(query)
    }

    // MARK: The parts

    private static func host(_ authority: [UInt8], _ scheme: String) -> String {
        let at = authority.lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? 0
        var name = Array(authority[at...])
        var port = ""
        if let colon = name.lastIndex(of: UInt8(ascii: ":")),
            name[(colon + 1)...].allSatisfy({ (48...57).contains($0) })
        {
            port = text(name[(colon + 1)...])
            name.removeSubrange(colon...)
        }
        if port == (scheme == "https" ? "443" : "80") { port = "" }
        var host = text(unescaped(name)).lowercased()
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        while host.hasSuffix(".") { host.removeLast() }
        var labels = host.split(separator: ".").map { Punycode.label(String($0)) }
        if labels.count > 1, let first = labels.first, first.hasPrefix("www"),
            first.utf8.dropFirst(3).allSatisfy({ (48...57).contains($0) })
        {
            labels.removeFirst()
        }
        return labels.reversed().joined(separator: ",") + (port.isEmpty ? "" : ":\(port)")
    }

    private static func path(_ path: [UInt8]) -> String {
        var kept: [ArraySlice<UInt8>] = []
        let parts = unescaped(path).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for part in parts.dropFirst() {
            switch text(part) {
            case ".": continue
            case "..": if kept.popLast() == nil { kept.append(part) }
            default: kept.append(part)
            }
        }
        let last = kept.last ?? []
        let folders = kept.dropLast().filter { !$0.isEmpty } + [last]
        var joined = "/" + folders.map { text(escaped(Array($0))) }.joined(separator: "/").lowercased()
        if joined.utf8.count > 1, joined.hasSuffix("/") { joined.removeLast() }
        return SessionIDs.removed(fromPath: joined)
    }

    private static func query(_ query: [UInt8]) -> String {
        guard !query.isEmpty else { return "" }
        let plain = SessionIDs.removed(fromQuery: text(escaped(unescaped(query)))).lowercased()
        let pairs = plain.split(separator: "&", omittingEmptySubsequences: false).map { pair in
            pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { Array($0.utf8) }
        }
        let sorted = pairs.sorted { a, b in a.lexicographicallyPrecedes(b) { $0.lexicographicallyPrecedes($1) } }
        let joined = sorted.map { $0.map { text($0) }.joined(separator: "=") }.joined(separator: "&")
        return joined.isEmpty ? "" : "?" + joined
    }

    private static func text(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }

    // MARK: Percent-encoding

    /// Decoded until nothing is left to decode: what was encoded twice is the same as what was encoded once.
    private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
        var now = bytes
        // An address that was encoded more often than this has other faults.
        for _ in 0..<8 {
            var out: [UInt8] = []
            var at = 0
            while at < now.count {
                if now[at] == UInt8(ascii: "%"), at + 2 < now.count,
                    let value = UInt8(text(now[(at + 1)...(at + 2)]).lowercased(), radix: 16), now[at + 1] != 43
                {
                    out.append(value)
                    at += 3
                } else {
                    out.append(now[at])
                    at += 1
                }
            }
            if out.count == now.count { break }
            now = out
        }
        return now
    }

    private static func escaped(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        for byte in bytes {
            if byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "#"), byte != UInt8(ascii: "%") {
                out.append(byte)
            } else {
                out += Array("%\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))".utf8)
            }
        }
        return out
    }
}

/// Host names of other scripts than Latin, as the name system has them (RFC 3492).
private enum Punycode {
    static func label(_ label: String) -> String {
        if label.utf8.allSatisfy({ $0 < 0x80 }) { return label }
        let scalars = label.unicodeScalars.map(\.value)
        var output = scalars.filter { $0 < 0x80 }.map { UInt8($0) }
        let basic = output.count
        if basic > 0 { output.append(UInt8(ascii: "-")) }
        var (next, delta, bias, handled) = (UInt32(128), UInt32(0), UInt32(72), UInt32(basic))
        while Int(handled) < scalars.count {
            guard let least = scalars.filter({ $0 >= next }).min() else { break }
            let (grown, overflow) = (least - next).multipliedReportingOverflow(by: handled + 1)
            guard !overflow, delta <= UInt32.max - grown else { return label }
            delta += grown
            next = least
            for scalar in scalars {
                if scalar < next { delta &+= 1 }
                guard scalar == next else { continue }
                append(delta, bias, to: &output)
                bias = adapted(delta, handled + 1, isFirst: Int(handled) == basic)
                delta = 0
                handled += 1
            }
            delta &+= 1
            next += 1
        }
        return "xn--" + String(decoding: output, as: UTF8.self)
    }

    private static func append(_ delta: UInt32, _ bias: UInt32, to output: inout [UInt8]) {
        var rest = delta
        var at: UInt32 = 36
        while true {
            let threshold = at <= bias ? 1 : min(26, at - bias)
            if rest < threshold { break }
            output.append(digit(threshold + (rest - threshold) % (36 - threshold)))
            rest = (rest - threshold) / (36 - threshold)
            at += 36
        }
        output.append(digit(rest))
    }

    private static func digit(_ value: UInt32) -> UInt8 { UInt8(value < 26 ? value + 97 : value + 22) }

    private static func adapted(_ delta: UInt32, _ count: UInt32, isFirst: Bool) -> UInt32 {
        var rest = isFirst ? delta / 700 : delta / 2
        rest += rest / count
        var steps: UInt32 = 0
        while rest > 455 {
            rest /= 35
            steps += 36
        }
        return steps + 36 * rest / (rest + 38)
    }
}

/// Marks of a visit in an address, which do not tell one page from another.
private enum SessionIDs {
    private static let names = ["jsessionid=", "phpsessid=", "sid="]
    private static let length = 32

    /// `sid=` and the like with 32 letters or digits, at the end or before another parameter.
    static func removed(fromQuery query: String) -> String {
        var query = query
        for name in names {
            let lower = Array(query.lowercased().utf8)
            let bytes = Array(query.utf8)
            guard lower.count == bytes.count else { return query }
            guard let start = last(Array(name.utf8), in: lower) else { continue }
            let value = start + name.utf8.count
            let end = value + length
            guard end <= bytes.count, bytes[value..<end].allSatisfy({ isAlphanumeric($0) }),
                end == bytes.count || bytes[end] == UInt8(ascii: "&")
            else { continue }
            let tail = end < bytes.count ? Array(bytes[(end + 1)...]) : []
            query = String(decoding: bytes[..<start] + tail, as: UTF8.self)
        }
        return query
    }

    /// `surt` takes sessions out of the paths of ASP.NET alone, `/(24 letters or digits)/`.
    static func removed(fromPath path: String) -> String {
        let bytes = Array(path.utf8)
        let (opening, closing) = (Array("/(".utf8), Array(")/".utf8))
        guard last(Array(".aspx".utf8), in: bytes) != nil, let open = last(opening, in: bytes),
            let close = last(closing, in: bytes), close > open + 2
        else { return path }
        let inner = text(bytes[(open + 2)..<close])
        guard inner.utf8.count == 24, inner.utf8.allSatisfy({ isAlphanumeric($0) }) else { return path }
        return text(bytes[..<open]) + "/" + text(bytes[(close + 2)...])
    }

    private static func text(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }

    private static func last(_ name: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= name.count else { return nil }
        return (0...(bytes.count - name.count)).last { bytes[$0..<$0 + name.count].elementsEqual(name) }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...122).contains(byte) || (65...90).contains(byte)
    }
}
