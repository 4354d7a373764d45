import Kernel
import People
import Web

/// Reads a photo and who can be recognised in it.
enum PhotoForm {
  struct Sent: Sendable {
    let bytes: [UInt8]
    let people: ActivityPhoto.People
    let persons: Set<PersonID>
    /// Numbers of sign-ups, for those who are not offered for ticking.
    let numbers: Set<Int64>
    let caption: String
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func read(_ form: Form) throws -> Sent {
    var reader = FormReader(form)
    let file = form.file("picture")
    if file.map(\.bytes.isEmpty) ?? true {
      reader.add("picture", Phrase("请选一张照片。", "Please choose a photo."))
    }
    let people = reader.choice("people", of: ActivityPhoto.People.self)
    let persons = Set(form.all("person").compactMap { PersonID($0) })
    let numbers = numbers(&reader)
    let caption = reader.text("caption", length: PhotoRules.captionLength, isRequired: false)
    let isNamed = !persons.isEmpty || !numbers.isEmpty
    if people == .nobody, isNamed {
      reader.add("people", Phrase("勾了人，就不是认不出任何人。", "Somebody is ticked, so somebody can be recognised."))
    }
    if people == .listed, !isNamed {
      reader.add("people", Phrase("请勾上照片里认得出的人。", "Please tick those who can be recognised."))
    }
    try reader.finish()
    guard let people, let file else { throw Problem.internalFault }
    return Sent(
      bytes: file.bytes, people: people, persons: persons, numbers: numbers, caption: caption ?? "")
  }

  private static func numbers(_ reader: inout FormReader) -> Set<Int64> {
    guard let text = reader.text("numbers", isRequired: false) else { return [] }
    if let numbers = NumberList.read(text, limit: PhotoRules.offered) { return numbers }
    reader.add(
      "numbers", Phrase("看不懂这些号，请写成 3 5 8-12。", "These numbers cannot be read; write them like 3 5 8-12."))
    return []
  }
}
