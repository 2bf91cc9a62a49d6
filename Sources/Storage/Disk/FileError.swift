import Glibc

/// A system call on a file that failed.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was being done, e.g. `open`.
    public let operation: String
    public let path: String
    /// The value of `errno`.
    public let code: Int32

    package init(_ operation: String, _ path: String, code: Int32 = errno) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    public var isMissing: Bool { code == ENOENT || code == ENOTDIR }
    public var isOutOfSpace: Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }

    public var description: String { "\(path): \(reason)" }

    /// The system's words for it, in English whatever the locale.
    public var reason: String {
        switch code {
        case ENOENT: "no such file or folder"
        case EACCES, EPERM: "permission denied"
        case EISDIR: "is a folder"
        case ENOTDIR: "a part of the path is not a folder"
        case ENOSPC, EDQUOT: "no space left on the disk"
        case EROFS: "the disk is read-only"
        case EEXIST: "exists already"
        case ENOTEMPTY: "the folder is not empty"
        case ENAMETOOLONG: "the name is too long"
        case EIO: "the disk reports an input/output error"
        case ELOOP: "too many symbolic links"
        default: "\(operation) failed (errno \(code))"
        }
    }
}
