internal import Mustache

/// The pages' templates, which are part of the program.
///
/// All text goes through `HTMLText` as it is written: what `{{…}}` writes is safe, and only what was written by this module as HTML
/// stands in `{{{…}}}`.
struct Templates: Sendable {
    private let library: MustacheLibrary

    private struct PageContent: MustacheContentType {
        func escapeText(_ text: String) -> String { HTMLText.escaped(text) }
    }

    private static let sources: [(name: String, text: [UInt8])] = [
        ("layout", PackageResources.layout_mustache), ("articles", PackageResources.articles_mustache),
        ("article", PackageResources.article_mustache), ("capture", PackageResources.capture_mustache),
        ("diff", PackageResources.diff_mustache), ("changes", PackageResources.changes_mustache),
        ("snapshots", PackageResources.snapshots_mustache), ("search", PackageResources.search_mustache),
        ("compare", PackageResources.compare_mustache), ("story", PackageResources.story_mustache),
        ("problem", PackageResources.problem_mustache),
    ]

    /// - Throws: `ViewerError` where a template is no template, which tests find out.
    init() throws(ViewerError) {
        MustacheContentTypes.register(PageContent(), named: "PAGE")
        var templates: [String: MustacheTemplate] = [:]
        for (name, text) in Self.sources {
            do {
                templates[name] = try MustacheTemplate(
                    string: "{{% CONTENT_TYPE:PAGE}}" + String(decoding: text, as: UTF8.self))
            } catch {
                throw ViewerError("the template '\(name)' cannot be read: \(error)")
            }
        }
        library = MustacheLibrary(templates: templates)
    }

    /// - Parameter model: its members are what the template names.
    func render(_ name: String, _ model: Any) throws(ViewerError) -> String {
        guard let text = library.render(Fields(model), withTemplate: name) else {
            throw ViewerError("there is no template '\(name)'")
        }
        return text
    }
}

/// Why the viewer cannot do what it should.
public struct ViewerError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}
