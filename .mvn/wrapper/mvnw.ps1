# Runs the pinned Maven on a JDK that can build Vigie; the counterpart of ./mvnw for Windows.
$ErrorActionPreference = 'Stop'
$minJava = 21

function Fail($message) {
    [Console]::Error.WriteLine("mvnw: $message")
    exit 1
}

function JavaVersion($dir) {
    if (-not $dir -or -not (Test-Path "$dir\bin\javac.exe")) { return 0 }
    $line = & "$dir\bin\javac.exe" -version 2>&1 | Out-String
    if ($line -match 'javac (1\.)?(\d+)') { return [int]$Matches[2] }
    return 0
}

function FindJdk {
    if ((JavaVersion $env:JAVA_HOME) -ge $minJava) { return $env:JAVA_HOME }
    $candidates = @()
    $onPath = Get-Command javac.exe -ErrorAction SilentlyContinue
    if ($onPath) { $candidates += Split-Path (Split-Path $onPath.Source) }
    foreach ($vendor in 'Eclipse Adoptium', 'Java', 'Microsoft', 'Zulu', 'Amazon Corretto', 'BellSoft') {
        $candidates += Get-ChildItem "$env:ProgramFiles\$vendor" -Directory -ErrorAction SilentlyContinue | ForEach-Object FullName
    }
    $candidates += Get-ChildItem "$env:USERPROFILE\.jdks" -Directory -ErrorAction SilentlyContinue | ForEach-Object FullName
    $candidates | Where-Object { (JavaVersion $_) -ge $minJava } | Sort-Object { JavaVersion $_ } | Select-Object -Last 1
}

$properties = @{}
Get-Content "$PSScriptRoot\maven-wrapper.properties" | Where-Object { $_ -match '^(\w+)=(.*)$' } | ForEach-Object { $properties[$Matches[1]] = $Matches[2] }
$version = $properties['mavenVersion']

$jdk = FindJdk
if (-not $jdk) { Fail "no JDK $minJava or newer found; install one (for example Temurin 25) or set JAVA_HOME to it." }
$env:JAVA_HOME = $jdk

$base = if ($env:MAVEN_USER_HOME) { $env:MAVEN_USER_HOME } else { "$env:USERPROFILE\.m2" }
$mavenHome = "$base\wrapper\vigie\apache-maven-$version"
if (-not (Test-Path "$mavenHome\bin\mvn.cmd")) {
    [Console]::Error.WriteLine("mvnw: getting Maven $version (once)")
    $work = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid())
    New-Item -ItemType Directory $work | Out-Null
    $zip = "$work\apache-maven-$version-bin.zip"
    if (Get-Command mvn.cmd -ErrorAction SilentlyContinue) {
        Push-Location $work
        & mvn.cmd -q -B org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy "-Dartifact=org.apache.maven:apache-maven:${version}:zip:bin" "-DoutputDirectory=$work" | Out-Null
        Pop-Location
    }
    if (-not (Test-Path $zip)) {
        Invoke-WebRequest "https://archive.apache.org/dist/maven/maven-3/$version/binaries/apache-maven-$version-bin.zip" -OutFile $zip
    }
    if ((Get-FileHash $zip -Algorithm SHA512).Hash -ne $properties['distributionSha512Sum']) {
        Fail 'the Maven that was downloaded does not have the expected checksum.'
    }
    Expand-Archive $zip -DestinationPath (Split-Path $mavenHome)
    Remove-Item -Recurse -Force $work
}
& "$mavenHome\bin\mvn.cmd" @args
exit $LASTEXITCODE
