#include "services/hub/generate/invented_people.h"

#include <cstddef>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

namespace careroute::services {
namespace {

// Surnames are made of three parts, so that nobody is pointed at and that few
// of a million share a full name: 5,760 of them.
constexpr const char* kBeginnings[] = {"Бело",   "Велико", "Добро", "Злато",
                                       "Красно", "Мало",   "Ново",  "Сине",
                                       "Старо",  "Сухо",   "Тихо",  "Ясно"};
constexpr const char* kMiddles[] = {
    "берёз",   "осин",    "клён",  "рябин",  "калин",  "малин",  "ольх",
    "вишн",    "черёмух", "ромаш", "василь", "лопух",  "камыш",  "тополь",
    "ландыш",  "орех",    "жёлуд", "шишк",   "грибн",  "лесн",   "полян",
    "лугов",   "речн",    "озёрн", "ключ",   "родник", "туман",  "рассвет",
    "закат",   "метел",   "снеж",  "ивн",    "дожд",   "радуж",  "зимн",
    "летн",    "вечерн",  "утрен", "звёзд",  "лунн",   "солнеч", "ветр",
    "морош",   "брусни",  "клюкв", "голуб",  "синиц",  "снегир", "чечёт",
    "свирист", "дрозд",   "стриж", "ласточ", "журавл", "лебед",  "аист",
    "иволг",   "зябл",    "щегл",  "пеноч"};
// A woman's surname has one letter more.
constexpr const char* kEndings[] = {"ов",    "ин",   "енков", "ушкин",
                                    "ников", "ицын", "очкин", "овкин"};
constexpr absl::string_view kOfAWoman = "а";

constexpr const char* kWomen[] = {
    "Александра", "Алина",    "Алиса",    "Алла",      "Анастасия", "Ангелина",
    "Анна",       "Антонина", "Арина",    "Валентина", "Валерия",   "Варвара",
    "Василиса",   "Вера",     "Вероника", "Виктория",  "Галина",    "Дарья",
    "Диана",      "Дина",     "Ева",      "Евгения",   "Екатерина", "Елена",
    "Елизавета",  "Жанна",    "Зинаида",  "Злата",     "Зоя",       "Инна",
    "Ирина",      "Карина",   "Кира",     "Клавдия",   "Кристина",  "Ксения",
    "Лариса",     "Лидия",    "Лилия",    "Любовь",    "Людмила",   "Майя",
    "Маргарита",  "Марина",   "Мария",    "Мила",      "Милана",    "Надежда",
    "Наталья",    "Нина",     "Оксана",   "Олеся",     "Ольга",     "Полина",
    "Раиса",      "Римма",    "Светлана", "София",     "Таисия",    "Тамара",
    "Татьяна",    "Ульяна",   "Эмилия",   "Юлия",      "Яна",       "Ярослава"};

constexpr const char* kMen[] = {
    "Александр", "Алексей",    "Анатолий", "Андрей",  "Антон",    "Аркадий",
    "Арсений",   "Артём",      "Богдан",   "Борис",   "Вадим",    "Валентин",
    "Валерий",   "Василий",    "Виктор",   "Виталий", "Владимир", "Владислав",
    "Всеволод",  "Вячеслав",   "Геннадий", "Георгий", "Герман",   "Глеб",
    "Григорий",  "Давид",      "Даниил",   "Денис",   "Дмитрий",  "Евгений",
    "Егор",      "Ефим",       "Захар",    "Иван",    "Игнат",    "Игорь",
    "Кирилл",    "Константин", "Леонид",   "Лев",     "Макар",    "Максим",
    "Марк",      "Матвей",     "Михаил",   "Назар",   "Николай",  "Олег",
    "Павел",     "Пётр",       "Платон",   "Роман",   "Руслан",   "Савелий",
    "Семён",     "Сергей",     "Степан",   "Тарас",   "Тимофей",  "Тимур",
    "Фёдор",     "Филипп",     "Юрий",     "Яков",    "Ян",       "Ярослав"};

// Fathers' names without their ending: "Иван" + "ович", "Иван" + "овна".
constexpr const char* kFathers[] = {
    "Александр", "Антон",  "Артём",      "Богдан",   "Борис",  "Вадим",
    "Валентин",  "Виктор", "Владислав",  "Всеволод", "Герман", "Глеб",
    "Давид",     "Даниил", "Денис",      "Егор",     "Ефим",   "Захар",
    "Иван",      "Кирилл", "Константин", "Леонид",   "Макар",  "Максим",
    "Марк",      "Михаил", "Назар",      "Олег",     "Петр",   "Платон",
    "Роман",     "Руслан", "Семён",      "Степан",   "Тарас",  "Тимур",
    "Фёдор",     "Филипп", "Ян",         "Ярослав"};

constexpr absl::string_view kSonOfFather = "ович";
constexpr absl::string_view kDaughterOfFather = "овна";

constexpr const char* kStreets[] = {
    "Тополевая", "Лесная",  "Береговая", "Вишнёвая", "Озёрная",  "Садовая",
    "Рябиновая", "Луговая", "Ключевая",  "Полевая",  "Кедровая", "Сиреневая"};

constexpr int kHousesMax = 180;

// Spoken at home in the demo region, nearly always.
constexpr char kLanguage[] = "ru";

template <size_t kSize>
const char* OneOf(const char* const (&list)[kSize], base::Random& random) {
  return list[random.Uniform(kSize)];
}

std::string Surname(Gender gender, base::Random& random) {
  const char* const beginning = OneOf(kBeginnings, random);
  const char* const middle = OneOf(kMiddles, random);
  const char* const ending = OneOf(kEndings, random);
  return absl::StrCat(beginning, middle, ending,
                      gender == Gender::kMale ? "" : kOfAWoman);
}

std::string GivenName(Gender gender, base::Random& random) {
  return gender == Gender::kMale ? OneOf(kMen, random) : OneOf(kWomen, random);
}

void PutName(const InventionOptions& options, model::v1::Identity& identity) {
  base::Random& random = options.random;
  const bool male = options.gender == Gender::kMale;
  identity.set_family_name(Surname(options.gender, random));
  identity.set_given_name(GivenName(options.gender, random));
  identity.set_middle_name(absl::StrCat(
      OneOf(kFathers, random), male ? kSonOfFather : kDaughterOfFather));
}

absl::CivilDay InventDay(const InventionOptions& options) {
  const absl::civil_diff_t days = options.born_to - options.born_from;
  return days <= 0 ? options.born_from
                   : options.born_from +
                         static_cast<absl::civil_diff_t>(options.random.Uniform(
                             static_cast<uint64_t>(days) + 1));
}

void PutHome(const InventionOptions& options, model::v1::Address& home) {
  home.set_region(options.home.region);
  home.set_district(options.home.district);
  home.set_settlement(options.home.district);
  home.set_line(absl::StrCat("ул. ", OneOf(kStreets, options.random), ", ",
                             1 + options.random.Uniform(kHousesMax)));
}

}  // namespace

command::v1::RegisterPerson InventPerson(const InventionOptions& options) {
  command::v1::RegisterPerson person;
  model::v1::Identity& identity = *person.mutable_identity();
  PutName(options, identity);
  identity.set_birth_date(absl::FormatCivilTime(InventDay(options)));
  const PersonNumber& number = options.number;
  if (options.with_policy) {
    identity.set_policy_number(
        absl::StrFormat("000%06d%07d", number.caseload, number.number));
  }
  if (options.with_phone) {
    identity.add_phones(absl::StrFormat("+7000%07d", number.number));
  }
  PutHome(options, *identity.mutable_registered_at());
  person.mutable_needs()->set_language(kLanguage);
  return person;
}

void MakeChildOf(const command::v1::RegisterPerson& parent,
                 const std::string& name, command::v1::RegisterPerson& child) {
  model::v1::Identity& identity = *child.mutable_identity();
  absl::string_view surname = parent.identity().family_name();
  absl::ConsumeSuffix(&surname, kOfAWoman);
  const bool daughter =
      absl::EndsWith(identity.middle_name(), kDaughterOfFather);
  identity.set_family_name(absl::StrCat(surname, daughter ? kOfAWoman : ""));
  *identity.mutable_registered_at() = parent.identity().registered_at();
  *identity.mutable_phones() = parent.identity().phones();
  model::v1::Representative& one = *child.add_representatives();
  one.set_person(name);
  one.set_basis(model::v1::REPRESENTATIVE_BASIS_PARENT);
  one.mutable_document()->set_kind("birth-certificate");
  one.mutable_document()->set_issued_on(identity.birth_date());
  one.set_from(identity.birth_date());
}

std::string InventColleague(base::Random& random) {
  return absl::StrCat(GivenName(Gender::kFemale, random), " ",
                      Surname(Gender::kFemale, random));
}

}  // namespace careroute::services
