# Help of the command line: its English stands beside the arguments in src/cli. One message for each verb, named by its
# path; an attribute for each argument (its value, where one is explained, behind "_"), and "more" for what follows the
# options.

## What every help says

help-usage = Cách dùng
help-options = Tùy chọn
help-arguments = Đối số
help-commands = Lệnh
help-any-options = [TÙY CHỌN]
help-command = LỆNH
help-default = mặc định
help-values = giá trị
help-environment = biến môi trường
help-more-with-help = xem thêm bằng “--help”
help-less-with-h = xem tóm tắt bằng “-h”

## Words that stand for what is typed

placeholders = Chữ thay cho điều phải gõ.
    .ATTRIBUTE = THUỘC-TÍNH
    .CHANNEL = KÊNH
    .CODE = MÃ
    .COLUMN = CỘT
    .DATE_ORDER = THỨ-TỰ
    .DECIMAL = DẤU
    .DELIMITER = DẤU-NGĂN
    .DIR = THƯ-MỤC
    .ENCODING = BẢNG-MÃ
    .FIELD = TRƯỜNG
    .FILE = TỆP
    .FORMAT = DẠNG
    .FROM = TỪ
    .HASH = MÃ-BĂM
    .HOST = MÁY
    .ID = MÃ
    .IN-FILE = TRONG-TỆP
    .KEY = KHOÁ
    .KIND = LOẠI
    .LANG = NGÔN-NGỮ
    .LEVEL = CẤP
    .MB = MB
    .METRES = MÉT
    .NAME = TÊN
    .NUMBER = SỐ
    .PATH = ĐƯỜNG-DẪN
    .PORT = CỔNG
    .ROLE = VAI-TRÒ
    .ROW = HÀNG
    .ROWS = SỐ-HÀNG
    .SECONDS = GIÂY
    .TEXT = CHỮ
    .TIME_FORMAT = DẠNG
    .TIME_ZONE = MÚI-GIỜ
    .TO = ĐẾN
    .SYSTEM = HỆ
    .URL = ĐỊA-CHỈ
    .VALUE = GIÁ-TRỊ
    .WIDTH_M = MÉT-RỘNG
    .YEAR = NĂM
    .YYYY-MM = NĂM-THÁNG
    .YYYY-MM-DD = NĂM-THÁNG-NGÀY

## Arguments that say the same with every verb

options = Đối số nói cùng một điều ở mọi lệnh.
    .help = In hướng dẫn
    .version = In phiên bản
    .lang = Ngôn ngữ của hướng dẫn và báo cáo; không có thì theo LC_ALL, LC_MESSAGES hoặc LANG, tiếng Việt khi bắt đầu bằng vi
    .lang_vi = Tiếng Việt
    .lang_en = Tiếng Anh
    .folder = Thư mục của cơ sở dữ liệu và của các tệp quy tắc thay cho tệp có sẵn
    .format = Dạng của báo cáo
    .format_text = Câu cho người đọc
    .format_json = Một đối tượng JSON cho chương trình
    .encoding = Cách đọc các byte của tệp: utf-8, windows-1258, tcvn3, vni, utf-16le, utf-16be, utf-8-twice; không ghi thì theo tệp khai, hoặc utf-8
    .dry_run = Kiểm tra mọi thứ, không ghi gì
    .file = Tệp: CSV, XLSX, GeoJSON, Shapefile, GeoPackage, FlatGeobuf, KML, TopoJSON hoặc Parquet, cả khi nén (.gz, .zip)
    .layer = Lớp của tệp có nhiều lớp; danh sách lớp được in ra khi cần mà chưa nêu
    .row_filters = Chỉ nhận hàng có giá trị này; các giá trị của một cột là lựa chọn thay nhau; được nêu nhiều lần
    .partial = Nhận tệp dù tệp tự nói chỉ là một phần của dữ liệu dài hơn
    .crs =
        Hệ quy chiếu của tọa độ, ví dụ EPSG:5899; không nêu thì theo điều tệp khai, hoặc độ WGS 84
    .delimiter = Dấu ngăn các trường của CSV: comma, semicolon, tab, pipe, hoặc chính dấu ấy; không nêu thì theo tệp cho thấy
    .map = Lấy một trường từ cột mang tên khác
    .ignore_column = Bỏ qua một cột
    .value = Đọc một giá trị trong tệp thành giá trị khác
    .edition = Bộ địa giới của mã khu vực trong các hàng không nêu bộ nào
    .sheet = Trang tính của bảng tính; không nêu thì là trang đầu tiên không bị ẩn
    .header_row =
        Hàng nêu tên các cột: dòng của tệp chữ, hàng của trang tính; không nêu thì là hàng gọi tên các trường
    .decimal = Dấu thập phân của số; không nêu thì là dấu mà cả tệp cho thấy
    .decimal_point = 12,500.25
    .decimal_comma = 12.500,25
    .date_order = Điều gì đứng trước trong ngày như 01/03/2024; không nêu thì theo cả tệp cho thấy
    .date_order_dmy = Ngày, tháng, năm
    .date_order_mdy = Tháng, ngày, năm
    .date_order_ymd = Năm, tháng, ngày: thứ tự khác bị từ chối
    .time_format = Thời điểm là gì: viết ra, hay là số đếm
    .time_format_written = Ngày và giờ trong ngày
    .time_format_epoch = Số giây từ năm 1970 theo UTC
    .time_format_epoch-ms = Số mili giây từ năm 1970 theo UTC
    .time_format_excel = Số ngày như bảng tính đếm (45352.34375), giờ địa phương
    .clear_empty =
        Cho ô trống xóa điều đang lưu; không có tùy chọn này thì điều đang lưu được giữ. Cột mà tệp không có không bao giờ xóa gì
    .rejects = Ghi các hàng không được nhận vào một tệp CSV, kèm dòng, trường, giá trị và lý do
    .strict = Giữ lại cho kịch bản của phiên bản trước: hàng bị từ chối luôn cho mã thoát 1
    .batch = Số hàng trong một giao dịch
    .publish_batches =
        Cho máy chủ đang chạy hiện từng lô ngay; không có tùy chọn này thì cả lần nhập được hiện cùng lúc khi đã xong

## The program and its verbs

binhyen =
    Máy chủ ô bản đồ an ninh, trật tự cho tỉnh Quảng Nam: xếp loại, mật độ mô hình cộng đồng, ô bản đồ vector và GeoJSON

help = In hướng dẫn này, hoặc hướng dẫn của các lệnh con

serve = Phục vụ bản đồ, ô bản đồ và câu trả lời qua HTTP
    .data =
        Thư mục của cơ sở dữ liệu và của các tệp quy tắc thay cho tệp có sẵn [mặc định: binhyen-data]
    .sample =
        Nạp dữ liệu mẫu, với các vụ việc được đặt ra, vào thư mục chưa có dữ liệu. Không có tùy chọn này thì chỉ làm vậy khi không nêu thư mục lẫn cấu hình
    .listen =
        Địa chỉ lắng nghe [mặc định: 127.0.0.1:8080]
    .config = Tệp cấu hình có mã truy cập và vai trò
    .public_url = Địa chỉ mà bên ngoài dùng để mở trang
    .base_path = Đường dẫn đứng trước mọi địa chỉ, cho máy chủ sau proxy
    .cache_mb =
        Số megabyte mà tất cả bộ nhớ đệm được giữ cùng nhau: không nêu thì là một phần tám bộ nhớ, từ 64 đến 580
    .more =
        Ví dụ:
          binhyen serve --data /var/lib/binhyen --listen 0.0.0.0:8080 \
            --public-url https://bando.example.vn
          binhyen serve --data try-out --sample

        Mỗi tùy chọn cũng có thể đặt trong tệp cấu hình, hoặc trong biến môi trường BINHYEN_DATA, BINHYEN_LISTEN,
        BINHYEN_CONFIG, BINHYEN_PUBLIC_URL, BINHYEN_BASE_PATH; mã truy cập chỉ đặt trong tệp cấu hình (xem `binhyen token`).

        Trang nào được nhúng bản đồ (/embed) vào khung là do thiết lập frame_ancestors trong tệp cấu hình, hoặc biến
        BINHYEN_FRAME_ANCESTORS (ngăn bằng dấu phẩy). Không nêu thì chỉ trang cùng địa chỉ với máy chủ. Để cho thêm một
        cổng thông tin:
          frame_ancestors = ["'self'", "https://portal.example"]
        {"["}"*"] cho mọi trang, {"["}] không cho trang nào.

geodata = Tệp địa giới chính thức trên mạng: liệt kê, tải về

geodata-list = Liệt kê các tệp trong danh mục, kèm giấy phép và địa chỉ
    .sources = Danh mục của riêng bạn thay cho danh mục có sẵn
    .format = Dạng của danh sách
    .more =
        Ví dụ:
          binhyen geodata list --format json

geodata-fetch = Tải một tệp về; tiếp tục lần tải bị ngắt từ chỗ dừng và kiểm tra SHA-256
    .id = Tệp cần tải; không nêu thì tải tất cả
    .to = Thư mục để đặt tệp
    .sources = Danh mục của riêng bạn thay cho danh mục có sẵn
    .accept_unverified = Giữ cả tệp mà danh mục không có SHA-256
    .timeout = Chờ máy chủ bao lâu, tính bằng giây
    .more =
        Ví dụ:
          binhyen geodata fetch --id geoboundaries-district --to downloads

check = Kiểm tra một tệp mà không nhập, hoặc kho dữ liệu của một thư mục
    .path = Thư mục dữ liệu (kiểm tra kho dữ liệu trong đó), tệp địa giới, hoặc tệp vụ việc
    .kind = Tệp chứa gì; không nêu thì đoán từ đối tượng đầu tiên
    .edition = Bộ địa giới của tệp; không nêu thì là bộ của hôm nay
    .level = Cấp của địa giới
    .accept_rows =
        Nhận các hàng của kho như đang có, dù một chương trình khác đã sửa: các mã kiểm tra đã phát hiện điều đó được lập lại
    .more =
        Ví dụ:
          binhyen check /var/lib/binhyen
          binhyen check /var/lib/binhyen --accept-rows
          binhyen check xa.geojson --edition 2020-02
          binhyen check vu-viec.csv
          binhyen check disclosure --data /var/lib/binhyen

check-disclosure = Thử suy ra các số bị che từ tất cả những gì đã công bố
    .accept_weaker_rule = Cho qua dù quy tắc riêng của thư mục để công chúng biết nhiều hơn quy tắc có sẵn
    .more =
        Ví dụ:
          binhyen check disclosure --data /var/lib/binhyen

        Mã thoát 0 khi không số nhỏ bị che nào bị thu hẹp, mọi điều công bố đều suy ra từ các số đã công bố, và quy tắc
        không yếu hơn quy tắc có sẵn; 1 trong các trường hợp khác.

backup = Ghi kho dữ liệu của một thư mục thành một tệp đã kiểm tra, kể cả khi đang phục vụ và đang ghi
    .file = Tệp cần ghi; chưa được có sẵn. SHA-256 của tệp được ghi bên cạnh, tên là TỆP.sha256
    .more =
        Tệp chứa một trạng thái trọn vẹn của kho và các tệp quy tắc của thư mục dữ liệu. Máy chủ vẫn phục vụ và việc nhập
        vẫn ghi được; điều ghi sau đó sẽ có trong bản sao lưu sau. Tệp được đọc lại từ đầu đến cuối trước khi mang tên của
        mình. Mã truy cập nằm trong tệp cấu hình, không nằm trong tệp này; hãy giữ cấu hình riêng, và giữ kín tệp này: nó
        chứa mọi vụ việc.

        Ví dụ:
          binhyen backup /backup/binhyen-$(date +%F).backup --data /var/lib/binhyen
          sha256sum --check binhyen-2026-11-29.backup.sha256
          binhyen restore /backup/binhyen-2026-11-29.backup --data /var/lib/binhyen-new

restore = Đưa một bản sao lưu vào thư mục dữ liệu không ai đang dùng
    .file = Bản sao lưu, như `binhyen backup` đã ghi
    .data = Thư mục dữ liệu để đưa vào; được tạo nếu chưa có
    .replace = Thay cơ sở dữ liệu và các tệp quy tắc của một thư mục không trống
    .more =
        Bản sao lưu được kiểm tra trước: SHA-256 nếu TỆP.sha256 nằm bên cạnh, từng trang, từng tham chiếu, từng hàng. Thư
        mục mà máy chủ hoặc việc nhập đang dùng bị từ chối; hãy dừng chúng trước. Với --replace, cơ sở dữ liệu và các tệp
        quy tắc của thư mục sau đó là của bản sao lưu; bản chép vụ việc và các hình đã dựng bị xóa, vì lần khởi động sau
        lập lại chúng. Các tệp khác của thư mục được giữ.

        Ví dụ:
          binhyen restore /backup/binhyen-2026-11-29.backup --data /var/lib/binhyen-new
          systemctl stop binhyen && binhyen restore TỆP --data /var/lib/binhyen --replace && systemctl start binhyen

release = Điều công chúng được xem: liệt kê, lập và xem các bản công bố
    .more =
        Công chúng được xem một bản công bố: đếm và chọn vào một ngày, được đánh số và giữ nguyên. Báo cáo đến sau không
        thay đổi gì trong đó; bản công bố sau thêm các kỳ đã đến hạn (kỳ đã hết và qua `delay_days` của rules.toml) và
        giữ nguyên mọi kỳ khác. `serve` tự lập bản công bố khi đến hạn; lệnh này cho xem chúng, và lập theo yêu cầu.

        Ví dụ:
          binhyen release list --data /var/lib/binhyen
          binhyen release make --dry-run --data /var/lib/binhyen
          binhyen release show 2 --data /var/lib/binhyen

release-list = Các bản công bố của một kho dữ liệu, bản đầu tiên trước

release-make = Lập bản công bố tiếp theo, hoặc cho biết nó sẽ có gì
    .dry_run = Cho biết sẽ lập gì, thử tấn công, và không lưu gì
    .revise = Đếm lại cả các kỳ đã công bố
    .more =
        Trước khi lưu, các bảng được thử tấn công cùng với bảng của mọi bản công bố trước: mã thoát 1 và danh sách phát
        hiện khi một số bị che có thể suy ra từ chúng.

        --revise đếm lại các kỳ đã công bố để báo cáo đến muộn được tính. Việc đó cũng bị từ chối khi một số nào, đã công
        bố hay bị che, thay đổi ít hơn `k` của rules.toml: ai giữ bảng cũ sẽ đọc được báo cáo đến muộn từ hiệu số.

release-show = Một bản công bố công bố những gì
    .number = Số của bản công bố; không nêu thì là bản mới nhất

reload = Cho máy chủ đang chạy đọc lại mã truy cập, bộ lọc nhật ký và quy tắc
    .data = Thư mục dữ liệu của máy chủ [mặc định: binhyen-data]
    .config = Tệp cấu hình của máy chủ
    .timeout = Chờ máy chủ bao lâu, tính bằng giây
    .more =
        Mã truy cập, [log] và các tệp quy tắc của thư mục dữ liệu được nhận cùng nhau, hoặc không nhận gì: tệp sai được nêu
        tên và máy chủ chạy tiếp như trước. SIGHUP làm cùng việc đó, và nhật ký cho biết kết quả.

        Ví dụ:
          binhyen reload --config /etc/binhyen.toml

export = Làm tệp để gửi đi: phiếu khu vực, ô bản đồ, bảng, bản đồ vẽ sẵn
    .sample = Nạp dữ liệu minh hoạ, với vụ việc giả định, vào thư mục dữ liệu còn trống
    .edition = Bộ địa giới; không nêu thì là bộ mới nhất đang có hiệu lực
    .level = Cấp của các khu vực
    .level_commune = Xã, phường, thị trấn
    .level_district = Huyện, ở bộ địa giới có cấp huyện
    .level_province = Tỉnh
    .window = Kỳ theo mã, như `/meta` liệt kê; không nêu thì là kỳ mặc định của quy tắc
    .from = Ngày đầu của một kỳ tự chọn, NĂM-THÁNG-NGÀY; không dành cho công chúng
    .to = Ngày sau ngày cuối của kỳ tự chọn; không dành cho công chúng
    .categories = Các loại vụ việc được đếm, theo mã; không dành cho công chúng
    .min_severity = Mức độ thấp nhất được đếm, 1 đến 5; không dành cho công chúng
    .scheme = Bộ quy tắc xếp loại theo mã; không nêu thì là bộ mặc định
    .role = Tệp chứa số liệu của vai trò nào
    .role_public = Điều ai cũng được xem: kỳ đã công bố, không có số nhỏ
    .role_planner = Số tổng hợp không bị che, cho mọi bộ lọc
    .role_commander = Như trên; điểm vụ việc nằm ở tệp khác
    .role_operator = Như trên
    .output = Tệp cần ghi; tệp cùng tên được thay khi tệp mới đã trọn vẹn
    .tileset = Bộ ô bản đồ: map (mọi lớp), communes, districts, province, labels, models; incidents dành cho cán bộ quy hoạch trở lên
    .properties = Thuộc tính của khu vực mà ô bản đồ mang, theo tên trong TileJSON; không nêu thì là tất cả
    .max_zoom = Mức phóng cuối cùng trong tệp, 0 đến 16; bản đồ vẽ các mức sâu hơn từ mức ấy
    .layer = Khu vực được tô theo điều gì, một chủ đề của kiểu bản đồ như grade, rate, count, density
    .theme = Kiểu bản đồ: light, dark, print
    .width = Chiều rộng tính bằng điểm ảnh, 200 đến 4000
    .height = Chiều cao tính bằng điểm ảnh, 200 đến 4000
    .more =
        Tệp chứa điều mà một vai trò được xem; không có --role thì là công chúng, chỉ từ các kỳ đã công bố, và điều bị
        che với vai trò ấy không nằm trong các byte của tệp. Cùng số liệu thì cùng byte.

        Ví dụ:
          binhyen export sheets --data /var/lib/binhyen -o phieu.pdf
          binhyen export pmtiles --data /var/lib/binhyen --window TK-2025 -o map.pmtiles
          binhyen export csv --data /var/lib/binhyen --level district --edition 2025-01 -o huyen.csv

export-pmtiles = Ghi mọi ô của một bản đồ vào một tệp PMTiles, để bản đồ đọc ngay tại chỗ từ kho tệp hay máy chủ web bất kỳ
    .more =
        Ô bản đồ chứa đúng điều mà ô ấy của máy chủ chứa: các lớp của bộ ô, thuộc tính của vai trò, số liệu của bộ lọc.
        Các ô giống nhau chỉ được ghi một lần.

        Ví dụ:
          binhyen export pmtiles --data /var/lib/binhyen --window TK-2025 -o map.pmtiles
          binhyen export pmtiles --data try-out --sample --tileset communes --properties name,grade --max-zoom 14 -o communes.pmtiles

export-mbtiles = Ghi mọi ô của một bản đồ vào một tệp MBTiles, một cơ sở dữ liệu mà phần mềm máy bàn và máy chủ ô bản đồ đọc
    .more =
        Các ô là những ô của `export pmtiles`, hàng được đếm từ phía nam như dạng tệp này quy định.

        Ví dụ:
          binhyen export mbtiles --data /var/lib/binhyen --window TK-2025 -o map.mbtiles
          binhyen export mbtiles --data /var/lib/binhyen --role planner --tileset incidents --max-zoom 10 -o o-vuong.mbtiles

export-flatgeobuf = Ghi các khu vực của một cấp thành FlatGeobuf, với ranh giới đúng đến bit cuối và chỉ mục theo vị trí
    .more =
        Mỗi cột có một kiểu, hàng không có giá trị thì bỏ trống. Hệ toạ độ là EPSG:4326.

        Ví dụ:
          binhyen export flatgeobuf --data /var/lib/binhyen --window TK-2025 -o communes.fgb
          ogrinfo -so communes.fgb areas

export-geoparquet = Ghi các khu vực của một cấp thành GeoParquet, với ranh giới, theo từng cột
    .partition_by = Chia số đếm của mọi năm thành các thư mục theo những khoá này, từ ngoài vào trong
    .partition_by_year = Năm thống kê
    .partition_by_level = Cấp của các khu vực
    .more =
        Phiên bản 1.1, có khung bao quanh từng ranh giới, kinh độ và vĩ độ WGS 84.

        Có --partition-by thì tệp là một thư mục gồm các tệp nhỏ, mỗi cấp của mỗi năm thống kê một tệp, chứa các số đếm
        làm nên xếp loại: mỗi khu vực, nhóm và mức độ một hàng, với trọng số và mức phơi nhiễm (METHODS.md, mục 6). Với
        công chúng thì mỗi khu vực và nhóm một hàng, chỉ có điều đã công bố.

        Ví dụ:
          binhyen export geoparquet --data /var/lib/binhyen --window TK-2025 -o communes.parquet
          binhyen export geoparquet --data /var/lib/binhyen --role planner --partition-by year,level -o counts
          duckdb -c "SELECT code, rate FROM 'communes.parquet' ORDER BY rate DESC LIMIT 5"

export-geojson = Ghi các khu vực của một cấp thành GeoJSON, với ranh giới như khi được nhập
    .more =
        Ví dụ:
          binhyen export geojson --data /var/lib/binhyen --window TK-2025 -o communes.geojson

export-csv = Ghi các khu vực của một cấp thành CSV, mỗi khu vực một hàng
    .more =
        Ví dụ:
          binhyen export csv --data /var/lib/binhyen --role planner --from 2025-01-01 --to 2025-07-01 -o nua-nam.csv

export-xlsx = Ghi các khu vực của một cấp thành bảng tính, có trang nói số liệu được tính thế nào
    .more =
        Ví dụ:
          binhyen export xlsx --data /var/lib/binhyen --lang en -o ratings.xlsx

export-png = Vẽ một cấp thành bản đồ điểm ảnh, mỗi chiều gấp đôi chiều rộng và chiều cao được nêu
    .more =
        Ví dụ:
          binhyen export png --data /var/lib/binhyen --layer rate --theme print -o rates.png

export-svg = Vẽ một cấp thành bản đồ nét, chữ là đường viền
    .more =
        Ví dụ:
          binhyen export svg --data /var/lib/binhyen --level district -o huyen.svg

export-sheets = Vẽ cho mỗi khu vực của một cấp một trang A4, tất cả trong một tệp PDF
    .areas = Các khu vực theo mã; không nêu thì là mọi khu vực của cấp
    .more =
        Trang đầu có bản đồ mọi khu vực và danh sách các phiếu; sau đó mỗi khu vực một trang: xếp loại và vì sao, bản đồ,
        số vụ, diễn biến qua các năm, mô hình và tiêu chuẩn. Chữ chọn và tìm được, dấu trang và danh sách dẫn đến từng
        trang. Cùng số liệu thì cùng byte.

        Ví dụ:
          binhyen export sheets --data /var/lib/binhyen -o phieu.pdf
          binhyen export sheets --data /var/lib/binhyen --level district --edition 2025-01 -o huyen.pdf
          binhyen export sheets --data /var/lib/binhyen --areas 20335,20341 --window TK-2025 --lang en -o two.pdf
          binhyen export sheets --data /var/lib/binhyen --role planner --from 2025-01-01 --to 2025-07-01 -o nua-nam.pdf
          binhyen export sheets --data thu --sample -o minh-hoa.pdf

publish = Ghi một trang tĩnh của điều đã công bố, cho kho tệp hay máy chủ web bất kỳ
    .site = Thư mục của trang
    .sample = Nạp dữ liệu minh hoạ, với vụ việc giả định, vào thư mục dữ liệu còn trống
    .max_zoom = Mức phóng cuối cùng của ô bản đồ, 0 đến 16; bản đồ vẽ các mức sâu hơn từ mức ấy
    .more =
        Trang có bản đồ với số liệu dành cho công chúng trong các kỳ đã công bố: index.html, embed.html và
        binhyen-map.js cho trang khác, ô bản đồ dạng PMTiles, bảng dạng CSV, JSON và XLSX, kiểu bản đồ cùng chữ và hoa
        văn của chúng, và manifest.json với mã SHA-256 của từng tệp. Cần một máy chủ web trả lời yêu cầu Range, không cần chương trình nào khác. Điều cần
        máy chủ không có trong đó: so sánh các khu vực tự chọn, gửi phản ánh, đăng nhập, bản đồ vẽ sẵn.

        Lần chạy sau chỉ ghi những tệp đã đổi và xoá những tệp không còn cần; tệp không do `publish` ghi thì được để yên.

        Ví dụ:
          binhyen publish --data /var/lib/binhyen /var/www/map
          binhyen publish --data try-out --sample site && rclone sync site bucket:map

rate = Tính tỷ suất cho khu vực của một tệp bất kỳ: giới hạn, làm trơn, thống kê không gian, biểu đồ phễu, phân lớp
    .areas = Các khu vực: mọi định dạng của import boundaries, hoặc CSV hay XLSX cùng --weights TỆP
    .id = Trường nêu tên khu vực
    .events = Các trường số vụ, được cộng lại
    .exposure = Trường phơi nhiễm: số dân, số ca sinh, người-năm
    .value = Một trường đo được thay cho số vụ và phơi nhiễm: thống kê không gian và phân lớp của nó
    .weights =
        Ai là láng giềng: queen (ranh giới chạm nhau), rook (chung một đoạn), hoặc một tệp: GAL, GWT, hoặc JSON {"{"}"id": ["id", …]{"}"}
    .tolerance = Ranh giới của láng giềng được cách nhau bao xa, tính bằng mét
    .format = Dạng của câu trả lời
    .more =
        Ví dụ:
          binhyen rate --areas counties.geojson --id FIPS --events SID74 --exposure BIR74
          binhyen rate --areas xa.geojson --id code --events trom,danh_bac --exposure dan --weights rook --format csv
          binhyen rate --areas xa.csv --id code --value thu_nhap --weights lang_gieng.json

        Giới hạn ở mức 95 % và, như hậu nghiệm, của tỷ số so với tỷ suất chung; tỷ suất làm trơn tính trên một đơn vị phơi
        nhiễm. p hai phía, q theo Benjamini và Hochberg. Điều không tồn tại (láng giềng của một đảo, tỷ suất không có phơi
        nhiễm) là null.

audit = Ai đã xem và sửa gì: kiểm tra nhật ký truy cập, ghi ra tệp
    .more =
        Mỗi dòng của nhật ký giữ mã băm của dòng trước, nên dòng bị sửa, bị lấy đi hay bị đổi chỗ đều bị phát hiện. Ai ghi
        được cơ sở dữ liệu cũng viết lại được cả nhật ký: chỉ điểm cuối đã ghi lại ở nơi khác từ trước (SỐ:MÃ BĂM, như
        `verify` và nhật ký của máy chủ nêu) mới cho biết điều đó.

        Ví dụ:
          binhyen audit verify --data /var/lib/binhyen
          binhyen audit export --from 2026-11-01 --to 2026-12-01 --format csv > november.csv

audit-verify = Đi dọc nhật ký từ đầu và nêu dòng đầu tiên không còn như lúc được ghi
    .holds = Điểm cuối của nhật ký đã ghi lại từ trước: nhật ký phải còn đúng dòng này
    .more =
        Mã thoát 0 khi mọi dòng còn như lúc được ghi, 1 khi có dòng không còn như vậy, 2 khi không đọc được kho dữ liệu. Máy
        chủ vẫn ghi được trong lúc đó.

        Ví dụ:
          binhyen audit verify --data /var/lib/binhyen --holds 1204:9f86d081884c7d65…

audit-export = Ghi các dòng của một số ngày ra đầu ra chuẩn
    .from = Ngày đầu; không nêu thì là ngày của dòng đầu tiên
    .to = Ngày ngay sau ngày cuối; không nêu thì đến hết
    .format = Cách ghi các dòng
    .format_jsonl = Mỗi dòng một đối tượng JSON
    .format_csv = Các hàng cho bảng tính
    .more =
        Ngày tính theo giờ Quảng Nam. Ở đây không kiểm tra gì; `audit verify` làm việc đó.

        Ví dụ:
          binhyen audit export --from 2026-11-01 --to 2026-12-01 --format jsonl > november.jsonl

token = In một mã truy cập mới và mục của nó trong tệp cấu hình
    .role = Vai trò mà mã truy cập mở
    .role_planner = Số tổng hợp không bị che, cho mọi bộ lọc
    .role_commander = Thêm điểm vụ việc
    .role_operator = Thêm quyền ghi
    .label = Ai giữ mã; tên này có trong nhật ký truy cập
    .expires = Ngày cuối mã có hiệu lực, hoặc thời điểm hết hạn; không nêu thì mã có hiệu lực mãi
    .more =
        Ví dụ:
          binhyen token --role planner --label "phòng kế hoạch"

openapi = In tài liệu OpenAPI của API
    .address = Địa chỉ để đến máy chủ
    .more =
        Ví dụ:
          binhyen openapi > openapi.json

healthcheck = Hỏi máy chủ đang chạy có ổn không; cho việc kiểm tra sức khỏe của container
    .url = Địa chỉ để hỏi
    .config = Tệp cấu hình của máy chủ
    .ready = Máy chủ phải có cả dữ liệu để phục vụ (/readyz), không chỉ đang chạy (/healthz)
    .timeout = Chờ câu trả lời bao lâu, tính bằng giây
    .more =
        Không nêu địa chỉ thì hỏi máy chủ ở nơi mà cấu hình, BINHYEN_LISTEN và BINHYEN_BASE_PATH nêu.

        Ví dụ:
          binhyen healthcheck --config /etc/binhyen.toml --ready
          binhyen healthcheck http://127.0.0.1:8080/map/healthz

## What is said of arguments that cannot be taken

error-heading = lỗi
error-invalid-value = giá trị “{ $value }” của { $argument } không được nhận
error-valid-values = có các giá trị: { $values }
error-value-refused = giá trị “{ $value }” của { $argument } không dùng được: { $reason }
error-no-value = { $argument } cần một giá trị
error-too-many-values = giá trị “{ $value }” là thừa đối với { $argument }
error-unknown-argument = không có đối số { $argument }
error-unknown-command = không có lệnh { $command }
error-suggestion = có phải bạn muốn gõ { $suggestion }?
error-missing-arguments = thiếu đối số bắt buộc: { $arguments }
error-missing-command = thiếu lệnh con; có các lệnh: { $commands }
error-conflict = { $argument } không dùng được cùng với { $other }
error-repeated = { $argument } chỉ được nêu một lần
error-see-help = Xem thêm bằng “--help”.
