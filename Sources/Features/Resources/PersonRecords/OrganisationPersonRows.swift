import Database
import Kernel
import People

/// What the tables of the support network keep about a person.
enum OrganisationPersonRows {
  static let tables: [PersonTable] = [
    PersonTable(
      "resources_representative", Phrase("我代表的单位", "Organisations for which I act"), ending: .deleted,
      columns: [
        PersonColumn("added_at", Phrase("从什么时候起", "Since"), .moment),
        PersonColumn(
          "organisation", Phrase("单位", "Organisation"),
          """
          (SELECT organisation.name_zh FROM resources_organisation AS organisation
            WHERE organisation.id = organisation_id)
          """),
      ]
    ) { "person_id = \($0.person)" }
  ]

  static let acts: [PersonActs] = [
    PersonActs(
      "resources_organisation", Phrase("录入的单位", "Organisations entered"), by: "created_by_id",
      at: "created_at"),
    PersonActs(
      "resources_organisation", Phrase("核实过的单位", "Organisations confirmed"), by: "verified_by_id",
      at: "verified_at"),
    PersonActs(
      "resources_organisation", Phrase("停用的单位", "Organisations closed"), by: "closed_by_id",
      at: "closed_at"),
    PersonActs(
      "resources_representative", Phrase("添加的单位联系人", "Representatives added"), by: "added_by_id",
      at: "added_at"),
    PersonActs(
      "resources_promise", Phrase("记下的承诺", "Promises noted"), by: "made_by_id", at: "made_at"),
    PersonActs(
      "resources_promise_keeping", Phrase("记下的兑现情况", "Keepings of promises noted"), by: "recorded_by_id",
      at: "recorded_at"),
    PersonActs(
      "resources_service", Phrase("录入的服务", "Services entered"), by: "created_by_id", at: "created_at"),
  ]

  static let impersonal: [ImpersonalTable] = [
    ImpersonalTable(
      "resources_service_place",
      Phrase("哪项服务在哪个地方，不写任何人。", "Which service is given at which place; nobody is named."))
  ]
}
