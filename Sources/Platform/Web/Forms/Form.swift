import Hummingbird
import Kernel

/// A file that came with a form, as it was sent: check its content, never its name or declared type.
package struct UploadedFile: Sendable, Equatable {
  package let field: String
  /// The name on the sender's machine; for showing back only.
  package let name: String
  package let contentType: String
  package let bytes: [UInt8]

  package init(field: String, name: String, contentType: String, bytes: [UInt8]) {
    self.field = field
    self.name = name
    self.contentType = contentType
    self.bytes = bytes
  }
}

/// What a person sent with an HTML form: fields in order, and files.
package struct Form: Sendable, Equatable {
  package struct Field: Sendable, Equatable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package let fields: [Field]
  package let files: [UploadedFile]

  /// Most fields in one form; a campaign of some hundred items has a few fields each.
  static let maximumFields = 2000

  package init(fields: [Field], files: [UploadedFile] = []) {
    self.fields = fields
    self.files = files
  }

  /// For tests and imports.
  package init(_ pairs: KeyValuePairs<String, String>) {
    self.init(fields: pairs.map { Field(name: $0.key, value: $0.value) })
  }

  init(reading request: Request, limit: BodyLimit) async throws {
    let contentType = request.headers.first(.contentType)
    if MediaTypes.isForm(contentType) {
      try self.init(urlEncoded: try await RequestBytes.read(request, limit: limit))
    } else if MediaTypes.isMultipart(contentType) {
      let bytes = try await RequestBytes.read(request, limit: limit)
      self = try MultipartReader(bytes: bytes, contentType: contentType ?? "").form()
    } else {
      throw Problem(
        "form.type", status: 415,
        Phrase("请从页面上的表单提交。", "Please send this from the form on the page."))
    }
  }

  /// - Throws: `form.unreadable` (400).
  package init(urlEncoded bytes: [UInt8]) throws {
    guard let pairs = URLEncodedText.pairs(bytes, maximum: Self.maximumFields) else {
      throw Problem.unreadableForm
    }
    self.init(fields: pairs.map { Field(name: $0.name, value: $0.value) })
  }

  /// The value of a field that may be sent once; nil when it was not sent.
  /// - Throws: `form.doubled` (400) when it was sent more than once.
  package subscript(name: String) -> String? {
    get throws {
      var found: String?
      for field in fields where field.name == name {
        guard found == nil else {
          throw Problem(
            "form.doubled", status: 400,
            Phrase("“\(name)”填了两次。", "“\(name)” was sent twice."),
            advice: Phrase("请刷新页面后重新填写。", "Please reload the page and fill it in again."))
        }
        found = field.value
      }
      return found
    }
  }

  /// All values of a field that may be sent several times.
  package func all(_ name: String) -> [String] {
    fields.filter { $0.name == name }.map(\.value)
  }

  /// The file of this field; nil when none was chosen.
  package func file(_ name: String) -> UploadedFile? {
    files.first { $0.field == name && !($0.bytes.isEmpty && $0.name.isEmpty) }
  }
}

extension Problem {
  static let unreadableForm = Problem(
    "form.unreadable", status: 400, Phrase("表单内容无法读取。", "The form could not be read."),
    advice: Phrase("请刷新页面后重新填写。", "Please reload the page and fill it in again."))
}
