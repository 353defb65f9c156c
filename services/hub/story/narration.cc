#include "services/hub/story/narration.h"

namespace careroute::services {
namespace {

struct Line {
  absl::string_view english;
  absl::string_view russian;
};

// As the families' files have them, in the order of the files.
// clang-format off: it counts bytes where a reader counts letters.
constexpr Line kLines[] = {
    {"The register of organisations is filled: $0.",
     "Реестр организаций заполнен: $0."},
    {"Artyom: another agency answers late, and nothing waits",
     "Артём: другое ведомство отвечает поздно, и никто не ждёт"},
    {"A conclusion is needed that the expertise bureau holds. It is asked, "
     "and has five working days.",
     "Нужно заключение, которое есть у бюро экспертизы. Запрос отправлен, на "
     "ответ пять рабочих дней."},
    {"The centre does not wait: intake and assessment are done.",
     "Центр не ждёт: приём и оценка проведены."},
    {"The time is over without an answer. It is overdue, and stays in the "
     "bureau's queue.",
     "Срок прошёл, ответа нет. Запрос просрочен и остаётся в очереди бюро."},
    {"A week late it answers, and says why. The loop is closed.",
     "Через неделю бюро отвечает и объясняет задержку. Запрос закрыт."},
    {"Kira: a consent that leaves one agency out",
     "Кира: согласие, в котором нет одного ведомства"},
    {"Kira's mother lets social protection know, but no kindergarten.",
     "Мама Киры разрешает передать сведения соцзащите, но не детскому саду."},
    {"The kindergarten's toy library cannot be asked: no consent names it, "
     "and no law lets these data pass.",
     "Лекотеку детского сада спросить нельзя: её нет в согласии, и ни один "
     "закон не разрешает передать эти сведения."},
    {"The centre «Амур» may be asked, and accepts.",
     "Центр «Амур» спросить можно, и он принимает."},
    {"The centre would share the work with the kindergarten, and may not. It "
     "asks the mother what she is afraid of.",
     "Центр разделил бы занятия с детским садом, но не вправе. Маму "
     "спрашивают, чего она опасается."},
    {"Now she consents for education too, and the same referral goes through.",
     "Теперь она согласна и на образование: то же направление проходит."},
    {"Lev: the first has no place, the next best has",
     "Лев: у первых нет места, у следующих есть"},
    {"Lev's mother chooses the cabinet near her home.",
     "Мама Льва выбирает кабинет рядом с домом."},
    {"The cabinet has no places, and says so at once.",
     "В кабинете нет мест, и об этом сказано сразу."},
    {"The next best is: $0. The referral goes there.",
     "Следующая по порядку организация: $0. Направление уходит туда."},
    {"Accepted. Two days were lost, and nothing else.",
     "Приняли. Потеряно два дня и больше ничего."},
    {"Matvey: a grandmother who cares without papers",
     "Матвей: бабушка заботится без документов"},
    {"His grandmother brings Matvey. His mother went north to work and does "
     "not answer; there is no paper that says who decides for him.",
     "Матвея приводит бабушка. Мама уехала на вахту и не отвечает; нет "
     "документа, кто решает за него."},
    {"She may be told, and may help. Consent she cannot.",
     "Ей можно рассказать, и помогать она может. Дать согласие не вправе."},
    {"The law lets the guardianship body be told, and so it is.",
     "Закон разрешает сообщить в опеку, и ей сообщают."},
    {"The guardianship body comes, sees that he is well, and appoints her "
     "guardian for a time.",
     "Опека приходит, видит, что мальчику хорошо, и назначает её временным "
     "опекуном."},
    {"Now she is asked from the beginning, and says yes.",
     "Теперь её спрашивают с начала, и она согласна."},
    {"Nastya: three years old, and no place", "Настя: три года, а места нет"},
    {"Nastya is two and nine months old; help begins this week.",
     "Насте два года и девять месяцев; помощь начинается на этой неделе."},
    {"No place until February. A queue, and a right to appeal.",
     "До февраля места нет. Очередь и право обжаловать."},
    {"The third birthday: the same people go on helping.",
     "Третий день рождения: помогают те же люди."},
    {"A place comes free, and the family takes it.",
     "Место освободилось, и семья его занимает."},
    {"Nastya goes to kindergarten. The case ends.",
     "Настя ходит в сад. Случай завершён."},
    {"Sofia, two years old: from the polyclinic to a kindergarten",
     "София, два года: из поликлиники в детский сад"},
    {"At the check-up the doctor sees that Sofia hardly speaks, and records "
     "it. Nobody outside the polyclinic learns of it.",
     "На осмотре врач видит, что София почти не говорит, и записывает это. "
     "Вне поликлиники об этом не узнаёт никто."},
    {"Her mother gets the list of those who can help, and time.",
     "Мама получает список тех, кто поможет, и время подумать."},
    {"She consents; the referral goes to the centre «Амур».",
     "Она согласна; направление уходит в центр «Амур»."},
    {"This is the sheet she takes home:", "Такой лист она берёт домой:"},
    {"The centre accepts: it sees who and how to speak, no more.",
     "Центр принимает: он видит, кто это и как говорить, и больше ничего."},
    {"A kindergarten teacher reports Sofia too. The answer is the same as to "
     "anybody: «taken into work».",
     "О Софии сообщает и воспитатель. Ответ тот же, что любому: «принято в "
     "работу»."},
    {"Intake, assessment, a programme with two lines: speech and movement.",
     "Приём, оценка, программа из двух строк: речь и движение."},
    {"The kindergarten's toy library takes speech, the centre the rest.",
     "Речь берёт лекотека детского сада, остальное центр."},
    {"Nine months before she is three the education department is asked for "
     "a place.",
     "За девять месяцев до трёх лет у управления образования просят место."},
    {"The three-month review: words are coming. It goes on.",
     "Оценка за три месяца: слова появляются. Продолжаем."},
    {"There is a place from the 2nd of February.", "Место есть со 2 февраля."},
    {"Sofia goes to kindergarten, and speaks. The case ends.",
     "София ходит в сад и говорит. Случай завершён."},
    {"Timur: the family carries the referral in hand",
     "Тимур: семья несёт направление сама"},
    {"Timur's parents do not want data to travel. Help costs no consent: "
     "they will take the referral themselves.",
     "Родители Тимура не хотят, чтобы сведения передавали. Помощь от "
     "согласия не зависит: направление они отнесут сами."},
    {"The mother rings up: «Первые шаги» have taken them. The news is "
     "written down as the family's.",
     "Мама звонит: «Первые шаги» их приняли. Записано со слов семьи."},
    {"Three meetings are enough, they think, and plan them.",
     "Трёх встреч, похоже, хватит; их назначают."},
    {"It was enough. Timur's case ends with its goals met.",
     "Хватило. Случай Тимура завершён, цели достигнуты."},
    {"Alisa and Arina: twins are never one child",
     "Алиса и Арина: двойняшки не один ребёнок"},
    {"One birthday, one address, one mother; two cases.",
     "Один день рождения, один адрес, одна мама; два случая."},
    {"Asked for duplicates, the register names the sister as a likely twin "
     "and merges nothing.",
     "На вопрос о повторах реестр называет сестру вероятной двойняшкой и "
     "ничего не сливает."},
    {"Vasya: a village behind the ice", "Вася: село за ледоходом"},
    {"A feldsher finds Vasya, one year old. The ice on the Amur is going "
     "out: until June nobody gets to the village.",
     "Фельдшер замечает годовалого Васю. На Амуре ледоход: до июня в село не "
     "попасть."},
    {"A queue, the third place; and each week a speech therapist by video, "
     "so that waiting is not for nothing.",
     "Очередь, третье место; и каждую неделю логопед по видео, чтобы время "
     "не шло зря."},
    {"The road is closed: only clocks that honour it stand still.",
     "Дорога закрыта: стоят только те сроки, которые её признают."},
    {"A month later the place is looked up by itself: the first.",
     "Через месяц очередь проверена без напоминаний: первое место."},
    {"The boats go again, and a place is free: Komsomolsk accepts.",
     "Катера пошли, и место есть: принимает Комсомольск."},
    {"Vasya's programme has begun.", "Занятия по программе Васи начались."},
    {"Yegor: a deadline is missed, and not by chance noticed",
     "Егор: срок пропущен, и замечают это не случайно"},
    {"The centre accepts Yegor; the intake has ten working days.",
     "Центр принимает Егора; на приём десять рабочих дней."},
    {"The tenth working day: nothing is overdue yet.",
     "Десятый рабочий день: ещё ничего не просрочено."},
    {"The day after: the centre and the coordinator are told.",
     "Назавтра: знают центр и координатор."},
    {"Three working days more: the coordinator's head is told.",
     "Ещё три рабочих дня: знает руководитель координатора."},
    {"Late work can still be done, and says why it is late.",
     "Сделать можно и с опозданием, сказав, почему."},
    {"Zhenya: three calls in vain, and a visit",
     "Женя: три звонка впустую и приход домой"},
    {"Zhenya is not brought to the intake. Whoever waited calls.",
     "Женю не привели на приём. Звонит тот, кто ждал."},
    {"The first call: nobody answers.", "Первый звонок: не отвечают."},
    {"The second, on a Saturday: no.", "Второй, в субботу: нет."},
    {"The third, in the evening: no.", "Третий, вечером: нет."},
    {"Somebody goes there. The telephone was lost; the mother is glad.",
     "К ним едут. Телефон потеряли; мама рада."},
};
// clang-format on

}  // namespace

std::optional<absl::string_view> InRussian(absl::string_view english) {
  for (const Line& line : kLines) {
    if (line.english == english) return line.russian;
  }
  return std::nullopt;
}

}  // namespace careroute::services
