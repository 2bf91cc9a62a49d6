internal import Crypto
internal import Foundation

/// The style and script of a page that no server sends: they stand within it, and its policy names their hashes. So any page can be
/// opened, mailed and kept by itself, in every browser: what `'self'` means for a file is not agreed among them.
struct EnclosedAssets {
    let style: String
    let script: String?
    let policy: String

    /// - Parameter isScripted: never where an archived page stands within: then the policy allows no script at all.
    init(_ styles: [Asset], isScripted: Bool, _ page: Page) {
        style = styles.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
        script = isScripted ? String(decoding: Asset.script.bytes, as: UTF8.self) : nil
        var rules = ["default-src 'none'"]
        if page.original != nil {
            // The frame has its page's policy. Its own inline styles and pictures are all that it may have.
            rules += ["style-src 'unsafe-inline'", "img-src data:", "font-src data:"]
        } else {
            rules.append("style-src '\(Self.hash(style))'")
            let files = page.loadsScripts ? " file:" : ""
            if let script { rules.append("script-src '\(Self.hash(script))'\(files)") }
        }
        policy = (rules + ["base-uri 'none'", "form-action 'none'"]).joined(separator: "; ")
    }

    private static func hash(_ text: String) -> String {
        "sha256-" + Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
    }
}
