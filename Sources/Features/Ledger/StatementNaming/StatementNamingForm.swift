import Kernel
import Web

/// What a person says the columns of a file mean, read into a mapping that names each column once.
enum StatementNamingForm {
  /// Stands for no column in a list of choices.
  static let none = "none"
  static let textLimit = 4

  /// - Throws: `form.invalid` with every wrong field.
  static func mapping(_ form: Form, of row: HeadingRow) throws -> StatementMapping {
    var columns = Columns(reader: FormReader(form), row: row)
    let date = columns.heading("date", isRequired: true)
    let amounts = columns.amounts()
    let time = columns.heading("time")
    let name = columns.heading("name")
    let account = columns.heading("account")
    let texts = columns.texts()
    let serial = columns.heading("serial")
    let balance = columns.heading("balance")
    try columns.reader.finish()
    guard let date, let amounts else { throw Problem.internalFault }
    return StatementMapping(
      date: date, time: time, amounts: amounts, name: name, account: account, texts: texts, serial: serial,
      balance: balance)
  }

  private struct Columns {
    var reader: FormReader
    let row: HeadingRow
    private var used: Set<Int> = []

    init(reader: FormReader, row: HeadingRow) {
      self.reader = reader
      self.row = row
    }

    mutating func heading(_ field: String, isRequired: Bool = false) -> String? {
      let value = reader.raw(field, isRequired: isRequired)
      guard let value, value != StatementNamingForm.none else {
        if value != nil, isRequired { reader.add(field, Phrase("请选一列。", "Please choose a column.")) }
        return nil
      }
      return heading(field, value)
    }

    private mutating func heading(_ field: String, _ value: String) -> String? {
      guard let position = Int(value), let found = row.choices.first(where: { $0.position == position })
      else {
        reader.add(field, Phrase("请从列表里选。", "Please choose from the list."))
        return nil
      }
      guard used.insert(position).inserted else {
        reader.add(
          field,
          Phrase("「\(found.heading)」这一列选了两次。", "The column “\(found.heading)” was chosen twice."))
        return nil
      }
      return found.heading
    }

    mutating func amounts() -> StatementMapping.Amounts? {
      switch reader.choice("amounts", of: StatementNaming.Amounts.self) {
      case nil: return nil
      case .separate?:
        let (incoming, outgoing) = (
          heading("incoming", isRequired: true), heading("outgoing", isRequired: true)
        )
        guard let incoming, let outgoing else { return nil }
        return .separate(incoming: incoming, outgoing: outgoing)
      case .signed?: return heading("amount", isRequired: true).map { .signed($0) }
      case .marked?:
        let (amount, direction) = (
          heading("amount", isRequired: true), heading("direction", isRequired: true)
        )
        guard let amount, let direction else { return nil }
        return .marked(amount, direction: direction)
      }
    }

    mutating func texts() -> [String] {
      let values = reader.form.all("texts")
      guard values.count <= StatementNamingForm.textLimit else {
        reader.add(
          "texts",
          Phrase(
            "最多选 \(StatementNamingForm.textLimit) 列。", "At most \(StatementNamingForm.textLimit) columns."))
        return []
      }
      return values.compactMap { heading("texts", $0) }
    }
  }
}
