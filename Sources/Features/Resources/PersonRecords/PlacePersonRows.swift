import Database
import Kernel
import People

/// What the tables of places keep about a person.
enum PlacePersonRows {
  static let tables: [PersonTable] = [
    PersonTable(
      "resources_place", Phrase("我负责的地点", "Places that I answer for"),
      ending: .cleared("keeper_id = NULL"),
      columns: [
        PersonColumn("name_chinese", Phrase("地点", "Place")),
        PersonColumn("confirmed_at", Phrase("什么时候核实的", "Confirmed"), .moment),
      ]
    ) { "keeper_id = \($0.person)" }
  ]

  static let acts: [PersonActs] = [
    PersonActs(
      "resources_place", Phrase("登记的地点", "Places entered"), by: "created_by_id", at: "created_at"),
    PersonActs(
      "resources_place_plan", Phrase("上传的社区图", "Plans uploaded"), by: "uploaded_by_id",
      at: "uploaded_at"),
    PersonActs(
      "resources_directory_address", Phrase("写的目录地址", "Directory address written"), by: "changed_by_id",
      at: "changed_at"),
  ]

  static let impersonal: [ImpersonalTable] = [
    ImpersonalTable(
      "resources_place_outline", Phrase("房子、道路和绿地的轮廓", "Outlines of buildings, roads and green"))
  ]
}
