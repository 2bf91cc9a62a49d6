internal import Models
internal import Storage

/// The files in which AWS's own tools keep what they know: `~/.aws/credentials` and `~/.aws/config`.
///
/// Sections of `name = value` lines; a line that begins with a space belongs to the name before it, which then has no value of its own.
struct AWSProfiles: Sendable {
    /// By section as written, e.g. `profile desk`, `services`; nested names as `s3.addressing_style`.
    private(set) var sections: [String: [String: String]] = [:]

    init(parsing text: String) {
        var section: String?
        var outer = ""
        for line in text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline) {
            let content = line.trimmingSpace()
            guard let first = content.first, first != "#", first != ";" else { continue }
            if first == "[" {
                section = content.hasSuffix("]") ? Self.words(content.dropFirst().dropLast()) : nil
                outer = ""
                continue
            }
            guard let section, let equals = content.firstIndex(of: "=") else { continue }
            let name = content[..<equals].trimmingSpace().lowercased()
            let value = Self.withoutRemark(content[content.index(after: equals)...]).trimmingSpace()
            if line.first == " " || line.first == "\t" {
                if !outer.isEmpty { sections[section, default: [:]]["\(outer).\(name)"] = value }
            } else {
                outer = value.isEmpty ? name : ""
                sections[section, default: [:]][name] = value
            }
        }
    }

    private static func words(_ text: Substring) -> String {
        text.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
    }

    /// What stands before a `#` or `;` that follows a space.
    private static func withoutRemark(_ text: Substring) -> Substring {
        var before: Character = "x"
        for index in text.indices {
            if (text[index] == "#" || text[index] == ";") && (before == " " || before == "\t") { return text[..<index] }
            before = text[index]
        }
        return text
    }

    private static let largest = 1 << 20

    /// Nil where there is no such file.
    static func read(_ path: String) throws(FileError) -> AWSProfiles? {
        guard Files.exists(path) else { return nil }
        return AWSProfiles(parsing: String(decoding: try Files.read(path, limit: largest), as: UTF8.self))
    }
}
