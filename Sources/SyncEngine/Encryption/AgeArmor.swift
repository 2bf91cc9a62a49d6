/// Takes the text from around an armored age file: PEM as RFC 7468, section 3, writes it strictly, with LF or CRLF.
struct AgeArmorReader: Sendable {
    private static let begin = "-----BEGIN AGE ENCRYPTED FILE-----"
    private static let end = "-----END AGE ENCRYPTED FILE-----"
    /// White space before and after the block that is still let pass.
    private static let mostSpace = 1024

    private enum State: Sendable { case before, begin, lines, lastLine, after }

    private var state = State.before
    private var line: [UInt8] = []
    private var space = 0
    private var hasLines = false

    mutating func read(_ bytes: [UInt8], into out: inout [UInt8]) throws(AgeError) {
        for byte in bytes {
            if state == .before || state == .after {
                if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) {
                    space += 1
                    guard space <= Self.mostSpace else { throw .badArmor("there is too much white space around it") }
                    continue
                }
                guard state == .before else { throw .badArmor("something follows its last line") }
                guard byte == UInt8(ascii: "-") else { throw .badHeader("it does not begin as an age file") }
                state = .begin
            }
            if byte == UInt8(ascii: "\n") {
                try takeLine(into: &out)
                continue
            }
            line.append(byte)
            guard line.count <= 66 else { throw .badArmor("a line is too long") }
        }
    }

    mutating func finish(into out: inout [UInt8]) throws(AgeError) {
        if !line.isEmpty { try takeLine(into: &out) }
        guard state == .after else { throw .badArmor("it has no last line") }
    }

    private mutating func takeLine(into out: inout [UInt8]) throws(AgeError) {
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        let text = String(decoding: line, as: UTF8.self)
        line.removeAll(keepingCapacity: true)
        switch state {
        case .before, .after: return
        case .begin:
            guard text == Self.begin else { throw .badArmor("its first line is not that of an age file") }
            state = .lines
        case .lines where text != Self.end:
            guard !text.isEmpty, text.utf8.count <= 64, let bytes = Base64.decode(text) else {
                throw .badArmor("a line is malformed")
            }
            out += bytes
            hasLines = true
            if bytes.count < 48 { state = .lastLine }
        case .lines, .lastLine:
            guard text == Self.end else { throw .badArmor("a short line is not the last") }
            state = .after
        }
    }
}
