"""What the guide shows: a good sample for each field (R5), and what is not an initiative. Tests send every sample."""

from typing import NamedTuple

from initiatives.models import Field


class Sample(NamedTuple):
    """An initiative as a worker would send it, and the three reasons why it is told well."""

    field: Field
    job: str
    title: str
    description: str
    effect: str
    reasons: tuple


class Refused(NamedTuple):
    """What people send that is no initiative, why not, and how it becomes one."""

    sent: str
    reason: str
    cure: str


SAMPLES = [
    Sample(
        Field.PRODUCTION,
        "Công nhân cắt, xưởng may",
        "Thước chặn bằng nhôm giúp trải vải thẳng mép ngay lần đầu",
        """\
Trước đây: hai người kéo vải trên bàn dài 12 m, căn mép bằng mắt. Lớp nào lệch quá 1 cm phải kéo lại, mỗi bàn 80 lớp \
mất khoảng 50 phút. Phần mép lệch cắt bỏ, trung bình 1,5 cm mỗi lớp.
Thay đổi: tôi xin hai thanh nhôm cửa cũ, bắt vào cạnh bàn làm thước chặn, dán thước dây lên mặt trên. Đầu bàn có kẹp \
lò xo giữ vải. Người trải chỉ đẩy mép vải chạm thanh nhôm rồi kẹp lại, không phải căn bằng mắt. Thanh trượt được nên \
dùng cho mọi khổ vải từ 1,1 m đến 1,6 m. Làm một bàn hết nửa ngày, mua thêm kẹp hết 180.000 đồng.
Đã dùng: bàn cắt số 2 từ ngày 15/2, từ tháng 3 dùng ở cả bốn bàn của tổ.""",
        """\
Trải một bàn còn 32 phút, nhanh hơn 18 phút. Mép cắt bỏ còn 0,5 cm mỗi lớp, bốn bàn tiết kiệm khoảng 6 m vải mỗi ngày, \
tính theo giá vải là gần 90 triệu đồng một năm. Tổ cắt không còn phải ở lại làm thêm vào cuối tháng.""",
        (
            "Nói rõ trước đây làm thế nào và mất bao lâu, nên người đọc thấy ngay chỗ bất tiện.",
            "Kể từng bộ phận đã làm, bằng vật gì, hết bao nhiêu tiền: nơi khác đọc xong là làm theo được.",
            "Hiệu quả có số đo trước và sau, và có cách tính ra số tiền.",
        ),
    ),
    Sample(
        Field.NEW_PRODUCT,
        "Kỹ thuật viên, hợp tác xã nông nghiệp",
        "Khay ươm cây giống ép từ bã mía, trồng cả khay xuống đất",
        """\
Trước đây: hợp tác xã ươm rau giống trong khay nhựa. Khi trồng phải nhấc cây ra, đứt rễ, chết khoảng 8 cây trong 100 \
cây. Khay nhựa dùng ba vụ là gãy, thành rác.
Sản phẩm mới: khay 50 lỗ ép từ bã mía của xưởng ép nước mía gần đó. Bã mía phơi khô, nghiền, trộn với bột sắn nấu \
chín theo tỷ lệ 5 phần bã, 1 phần bột, ép trong khuôn thép bằng kích thủy lực 5 tấn, rồi sấy 6 giờ. Khay chịu được 25 \
ngày tưới, trồng xuống đất thì rã dần trong khoảng 40 ngày. Khuôn do tôi vẽ, xưởng cơ khí trong xã tiện; đã sửa hai \
lần cho đáy lỗ dày hơn để khay không gãy khi bưng.
Đã dùng: từ 1/3, hợp tác xã đã ép 1.200 khay, dùng cho 2 ha bắp cải và cà chua.""",
        """\
Cây chết khi trồng còn 2 trong 100 cây. Mỗi khay hết 900 đồng, dùng một lần; khay nhựa 9.000 đồng dùng ba vụ, chưa \
kể công rửa. Không còn rác nhựa ngoài ruộng. Hai hợp tác xã trong huyện đã đặt mua 3.000 khay.""",
        (
            "Nói sản phẩm làm từ gì, theo tỷ lệ nào, bằng dụng cụ gì; không chỉ nói “sản phẩm thân thiện”.",
            "Kể cả chỗ lúc đầu chưa được và đã sửa ra sao, cho thấy đây là việc tự mình làm.",
            "Có số lượng đã dùng thật và có người khác đặt mua.",
        ),
    ),
    Sample(
        Field.SAFETY_ENVIRONMENT,
        "Thợ điện, nhà máy xi măng",
        "Chốt khóa cửa tủ điện: chỉ mở được khi đã cắt cầu dao",
        """\
Trước đây: 14 tủ điện ở xưởng nghiền mở bằng tay vặn. Có người mở tủ khi điện còn, hai lần bị phóng tia lửa trong năm \
trước, may không ai bị thương. Biển “Cắt điện trước khi mở” có treo nhưng dễ quên.
Thay đổi: tôi hàn vào tay cầu dao một thanh thép dài 12 cm. Khi cầu dao đóng, thanh này chắn ngang then cửa nên không \
mở được tủ; gạt cầu dao xuống thì thanh tụt khỏi then. Chìa mở khẩn cấp do trưởng ca giữ, mỗi lần dùng phải ghi sổ. \
Phòng an toàn đã kiểm tra và cho thử ở hai tủ trong hai tuần, sau đó mới làm hết 14 tủ. Mỗi tủ hết 45 phút và khoảng \
60.000 đồng tiền thép.
Đã dùng: hai tủ đầu từ 22/2, đủ 14 tủ từ 20/3.""",
        """\
Từ ngày lắp không còn lần nào mở tủ khi có điện (sổ của phòng an toàn, tháng 1 còn ghi 5 lần nhắc nhở). Người mới vào \
cũng không thể làm sai thứ tự. Cả xưởng hết chưa tới 1 triệu đồng.""",
        (
            "Nêu mối nguy bằng sự việc đã xảy ra, không nói chung chung là “mất an toàn”.",
            "Nói người có trách nhiệm đã kiểm tra và cho thử trước khi làm rộng.",
            "Hiệu quả so được trước và sau, dù không tính ra tiền.",
        ),
    ),
    Sample(
        Field.ADMINISTRATION,
        "Công chức một cửa, Ủy ban nhân dân phường",
        "Phiếu kiểm hồ sơ một trang để người dân không phải đi lại nhiều lần",
        """\
Trước đây: người dân xin cấp bản sao, đăng ký khai sinh, chứng thực thường thiếu giấy tờ. Tôi đếm trong tháng 1: 212 \
lượt thì 74 lượt phải về lấy thêm, có người đi ba lần. Danh mục giấy tờ dán ở bảng tin chữ nhỏ, viết theo tên thủ tục \
nên khó tìm.
Thay đổi: tôi soạn cho 9 việc hay gặp mỗi việc một trang, đặt tên theo lời người dân (“Làm khai sinh cho con”). Mỗi \
giấy tờ là một ô để đánh dấu, kèm ảnh mẫu và chỗ lấy giấy đó. Phiếu có mã QR, đặt ở bàn bảo vệ, nhà văn hóa tổ dân \
phố và gửi trong nhóm Zalo của tổ trưởng dân phố. Người dân đánh dấu đủ rồi mới đến; bộ phận một cửa kẹp \
phiếu vào hồ sơ.
Đã dùng: từ 8/2 tại phường, từ 15/3 thêm hai phường bên cạnh.""",
        """\
Tháng 3 có 240 lượt thì chỉ 21 lượt phải bổ sung giấy tờ (trước là 74 trong 212). Thời gian tiếp mỗi người giảm từ 14 \
còn 9 phút. Không tốn kinh phí ngoài tiền in.""",
        (
            "Có đếm trước khi làm, nên sau khi làm mới so được.",
            "Nói rõ đã làm ra cái gì, đặt ở đâu, ai dùng; không dừng ở “tăng cường tuyên truyền”.",
            "Viết bằng lời thường, người ngoài ngành đọc cũng hiểu.",
        ),
    ),
    Sample(
        Field.COMMUNITY,
        "Điều dưỡng, trung tâm y tế huyện",
        "Túi thuốc chia ngăn sáng, trưa, tối cho người già uống thuốc dài ngày",
        """\
Trước đây: người già bị tăng huyết áp, tiểu đường lĩnh thuốc một tháng, 3 đến 5 loại. Tôi gọi hỏi 60 người trong tháng \
1 thì 23 người uống nhầm hoặc quên, vì chữ trên đơn nhỏ và vỏ thuốc giống nhau.
Thay đổi: tôi may túi vải có 21 ngăn, bảy ngày, mỗi ngày ba ngăn màu vàng (sáng), trắng (trưa), xanh (tối), có hình \
mặt trời, bát cơm, mặt trăng cho người không đọc được chữ. Khi phát thuốc, điều dưỡng cùng người nhà xếp cho tuần đầu, \
chỉ cách xếp các tuần sau. Mặt trong túi có số điện thoại của khoa. Hội phụ nữ xã nhận may từ vải thừa của xưởng may, \
mỗi túi 12.000 đồng.
Đã dùng: từ 1/3, đã phát 180 túi ở bốn xã.""",
        """\
Sau một tháng gọi lại 60 người lúc đầu: còn 4 người uống nhầm hoặc quên. Số người phải vào cấp cứu vì huyết áp ở bốn \
xã là 3, cùng kỳ năm trước là 9. Người nhà đỡ lo, khoa đỡ phải gọi nhắc.""",
        (
            "Cho thấy ai được lợi và vì sao họ cần, bằng số người đã hỏi thật.",
            "Tả vật làm ra đủ rõ để xã khác may được.",
            "Hỏi lại đúng những người ban đầu, nên con số đáng tin.",
        ),
    ),
]

REFUSED = [
    Refused(
        "“Đề nghị công ty lắp quạt cho xưởng.”",
        "Đây là kiến nghị: việc còn chờ người khác làm. Hãy gửi cho công đoàn cơ sở.",
        "Kể việc chính bạn đã làm: “Xếp lại hai dãy máy theo hướng gió và mở ô thoáng trên mái, xưởng mát hơn 3 độ.”",
    ),
    Refused(
        "“Nên dùng điện thoại để chấm công.”",
        "Mới là ý tưởng, chưa áp dụng ở đâu.",
        "Làm thử ở tổ của bạn trong thời gian của chương trình, ghi lại trước và sau ra sao, rồi gửi.",
    ),
    Refused(
        "“Tổ tôi vượt kế hoạch quý 20%.”",
        "Đây là thành tích. Người đọc chưa biết cách làm có gì mới.",
        "Kể cách làm đã thay đổi để có thành tích đó: đổi thứ tự việc, làm thêm đồ gá, chia lại ca.",
    ),
    Refused(
        "“Mua máy in mới thay máy cũ.”",
        "Mua sắm thì ai có tiền cũng làm được, chưa có gì do bạn nghĩ ra.",
        "Kể phần bạn đã cải tiến: sửa máy, ghép thêm bộ phận, sắp xếp lại cách dùng chung.",
    ),
    Refused(
        "“Luôn nêu cao tinh thần trách nhiệm trong công việc.”",
        "Lời chung chung, không có giải pháp nào để người khác làm theo.",
        "Chọn một việc cụ thể đã làm khác đi: làm gì, ở đâu, từ ngày nào, được gì.",
    ),
    Refused(
        "Bài chép trên mạng, của đồng nghiệp, hoặc sáng kiến năm trước gửi lại.",
        "Sáng kiến phải do bạn hoặc nhóm của bạn làm ra. Bài chép bị loại và có thể bị khiếu nại.",
        "Nếu bạn học cách làm của nơi khác rồi sửa cho hợp chỗ mình, hãy nói học từ đâu và bạn đã thay đổi điều gì.",
    ),
]
