internal import Glibc

/// Why a web archive cannot be read any further.
package enum WebArchiveError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A system call on the file failed; `code` is the value of `errno`.
    case file(operation: String, path: String, code: Int32)
    /// The bytes are of no form that is read here.
    case unknown
    /// It is of a known form, and broken so that nothing of it can be used.
    case damaged(String)
    /// It asks for more memory or work than is given to any file.
    case tooLarge(String)

    package var description: String {
        switch self {
        case .file(let operation, let path, let code):
            "\(path): \(operation) failed: \(String(cString: strerror(code)))"
        case .unknown: "it is no web archive of a known form"
        case .damaged(let reason), .tooLarge(let reason): reason
        }
    }
}
