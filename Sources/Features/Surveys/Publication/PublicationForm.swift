import Kernel
import Web

/// What is sent when a table is composed.
enum PublicationForm {
  /// - Throws: `form.invalid`.
  static func query(_ form: Form, _ plan: PublicationPlan) throws -> PublicationQuery {
    var reader = FormReader(form)
    let question = reader.text("question")
    if let question, !plan.questions.contains(where: { $0.name == question }) {
      reader.add("question", Phrase("没有这道题。", "There is no such question."))
    }
    let names = Set(plan.breakdowns.map(\.name))
    let breakdowns = form.all("breakdown").filter { !$0.isEmpty }
    if breakdowns.count > 2 || !names.isSuperset(of: breakdowns) {
      reader.add("breakdown", Phrase("最多选两个。", "Please choose at most two."))
    }
    let audience = reader.choice("audience", of: PublicationQuery.Audience.self)
    let filter = filter(form, plan, &reader)
    try reader.finish()
    guard let question, let audience else { throw Problem.staleForm }
    return PublicationQuery(
      question: question, breakdowns: plan.breakdowns.map(\.name).filter(breakdowns.contains), filter: filter,
      audience: audience)
  }

  /// Ticks such as `0:2`: the place of the background and of its category.
  private static func filter(
    _ form: Form, _ plan: PublicationPlan, _ reader: inout FormReader
  ) -> PublicationQuery.Filter? {
    let ticks = form.all("filter").compactMap { text -> (Int, Int)? in
      let parts = text.split(separator: ":").compactMap { Int($0) }
      return parts.count == 2 ? (parts[0], parts[1]) : nil
    }
    guard let first = ticks.first else { return nil }
    guard ticks.allSatisfy({ $0.0 == first.0 }), plan.breakdowns.indices.contains(first.0),
      ticks.allSatisfy({ plan.breakdowns[first.0].categories.indices.contains($0.1) })
    else {
      reader.add("filter", Phrase("只能按一样来筛选。", "Please filter by one thing only."))
      return nil
    }
    return PublicationQuery.Filter(
      breakdown: plan.breakdowns[first.0].name, categories: Set(ticks.map(\.1)).sorted())
  }

  /// The choices again as fields, for the button below the preview.
  static func fields(_ query: PublicationQuery, _ plan: PublicationPlan) -> [(String, String)] {
    var fields = [("question", query.question), ("audience", query.audience.rawValue)]
    fields += query.breakdowns.map { ("breakdown", $0) }
    if let filter = query.filter,
      let place = plan.breakdowns.firstIndex(where: { $0.name == filter.breakdown })
    {
      fields += filter.categories.map { ("filter", "\(place):\($0)") }
    }
    return fields
  }
}
