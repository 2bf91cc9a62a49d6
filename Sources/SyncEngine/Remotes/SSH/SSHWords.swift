/// What ssh, or the other machine, says about a failure, made fit to be shown, and what it means.
struct SSHWords: Sendable {
    /// One line of printable characters.
    let text: String
    /// Before it was shortened, to look for phrases in.
    private let everything: String

    /// - Parameter bytes: what came on ssh's standard error. The other machine has a part in it: it may be anything.
    init(_ bytes: [UInt8], limit: Int = 400) {
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
            .map { Self.plain($0) }
            .filter { line in
                !line.isEmpty && !line.hasPrefix("Warning: Permanently added")
                    && !line.hasPrefix("debug")
            }
        let joined = lines.joined(separator: "; ")
        everything = joined.lowercased()
        text = joined.count <= limit ? joined : "… " + joined.suffix(limit)
    }

    private static func plain(_ line: Substring) -> String {
        let scalars = line.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
        // Warnings come in frames.
        let framed = String(String.UnicodeScalarView(scalars)).trimmingSpaces()
        return String(framed.drop { $0 == "@" }.reversed().drop { $0 == "@" }.reversed()).trimmingSpaces()
    }

    /// Why no session began.
    func fault(exit: Int32?) -> RemoteFault {
        if says("remote host identification has changed") {
            return .refused("its host key is not the one that is known; somebody may stand between (\(text))")
        }
        if says("host key verification failed") || says("host key is known for") {
            return .refused(
                "its host key is not known here; connect once with ssh and compare its fingerprint (\(text))")
        }
        let refusals = [
            "permission denied", "too many authentication failures", "subsystem request failed",
            "no more authentication",
            "not allowed", "unable to negotiate", "account is",
        ]
        if refusals.contains(where: says) { return .refused(text) }
        if exit == 127 || exit == 126 { return .misconfigured("ssh cannot be started (\(described(exit)))") }
        if ["bad configuration option", "bad owner or permissions", "can't open user config file"]
            .contains(where: says)
        {
            return .misconfigured("ssh does not accept its configuration (\(text))")
        }
        return .unreachable(described(exit))
    }

    /// Why a session ended before its time.
    func loss(exit: Int32?) -> RemoteFault {
        .unreachable("the connection broke off (\(described(exit)))")
    }

    private func described(_ exit: Int32?) -> String {
        if !text.isEmpty { return text }
        return exit.map { "ssh ended with \($0) and said nothing" } ?? "ssh said nothing"
    }

    private func says(_ phrase: String) -> Bool { everything.contains(phrase) }
}
